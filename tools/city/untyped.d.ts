declare module 'vt-pbf' {
  type Layers = Record<string, { readonly features: readonly unknown[] }>;
  export function fromGeojsonVt(layers: Layers, options?: { version?: number; extent?: number }): Uint8Array;
}
