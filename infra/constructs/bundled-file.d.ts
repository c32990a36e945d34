/**
 * esbuild's loader `file`, see `service-function.ts`: puts the file next to the bundle and gives its path from there.
 */
declare module '*.wasm' {
  const path: string;
  export default path;
}

declare module '*.ttf' {
  const path: string;
  export default path;
}
