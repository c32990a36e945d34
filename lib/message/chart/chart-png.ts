import { readFile } from 'node:fs/promises';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { indexedPng } from './indexed-png.ts';

/** Paths of resvg and of the weights of the font Inter. */
export interface ChartFiles {
  readonly wasm: string;
  readonly fonts: readonly string[];
}

/** Two pixels for each CSS pixel: sharp on a phone. */
const zoom = 2;

let loading: Promise<readonly Uint8Array[]> | undefined;

/**
 * Renders the SVG as a PNG of twice its size. The first call of a process reads the files and starts resvg, which can
 * be done only once.
 * @throws what reading, starting or drawing throws
 */
export async function chartPng(svg: string, files: ChartFiles): Promise<Uint8Array> {
  loading ??= load(files);
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontBuffers: [...(await loading)], defaultFontFamily: 'Inter' },
  });
  const image = drawing.render();
  const png = indexedPng(image.pixels, image.width) ?? image.asPng();
  image.free();
  drawing.free();
  return png;
}

async function load({ wasm, fonts }: ChartFiles): Promise<readonly Uint8Array[]> {
  const [program, ...weights] = await Promise.all([wasm, ...fonts].map((file) => readFile(file)));
  await initWasm(program ?? new Uint8Array());
  return weights;
}
