/** Every test file of this folder: the build makes the list (esbuild.config.mjs). */
declare module 'host-tests';
