import type { ChartFiles } from '../../../lib/message/chart/chart-png.ts';

const inter = '@expo-google-fonts/inter';

/** The files that esbuild puts next to the alert Lambda's bundle, where npm put them. */
export const chartFiles: ChartFiles = {
  wasm: require.resolve('@resvg/resvg-wasm/index_bg.wasm'),
  fonts: [
    require.resolve(`${inter}/400Regular/Inter_400Regular.ttf`),
    require.resolve(`${inter}/600SemiBold/Inter_600SemiBold.ttf`),
  ],
};
