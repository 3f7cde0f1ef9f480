declare const __ONE_FILE__: boolean;
declare module "world-atlas/*.json" {
  const value: object;
  export default value;
}
