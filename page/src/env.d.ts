declare module "world-atlas/*.json" {
  const value: object;
  export default value;
}
