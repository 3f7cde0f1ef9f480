declare module "world-atlas/*.json" {
  const value: object;
  export default value;
}

declare module "virtual:waters" {
  const waters: { rivers: GeoJSON.Geometry[]; lakes: GeoJSON.Geometry[] };
  export default waters;
}
