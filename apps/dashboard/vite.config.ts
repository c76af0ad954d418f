// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vite';

// Nothing is inlined (the server's policy forbids data: and inline code), and no file name depends on the machine.
export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    target: 'es2021',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    // One file of code and one of style: a chunk loaded later could fail when the server has gone.
    rollupOptions: { output: { inlineDynamicImports: true } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8417', '/v1': 'http://127.0.0.1:8417', '/metrics': 'http://127.0.0.1:8417' } },
});
