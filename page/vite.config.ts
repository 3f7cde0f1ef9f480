import preact from "@preact/preset-vite";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { waters } from "./waters";

/** Two builds into the Python package: the page that the server gives out, and the page that holds everything in one file. */
export default defineConfig(({ mode }) => {
  const oneFile = mode === "one-file";
  return {
    base: "./",
    plugins: [waters(), preact({ devToolsEnabled: false, prefreshEnabled: false }), ...(oneFile ? [viteSingleFile({ removeViteModuleLoader: true })] : [])],
    build: {
      outDir: "../src/dateline/web/static",
      emptyOutDir: !oneFile,
      chunkSizeWarningLimit: 5000,
      modulePreload: false,
      rollupOptions: { input: oneFile ? "one-file.html" : "index.html" },
    },
    server: { proxy: { "/api": "http://127.0.0.1:8321" } },
  };
});
