/** The endings that the `.gitattributes` of a new dataset repository gives to LFS. */
const endings = new Set(
  (
    '7z arrow avro bin bz2 ckpt ftz gz h5 joblib lz4 mds mlmodel model msgpack npy npz onnx ot parquet pb pickle pkl pt ' +
    'pth rar safetensors tar tflite tgz wasm xz zip zst pcm sam raw aac flac mp3 ogg wav bmp gif png tiff jpg jpeg webp ' +
    'mp4 mkv webm'
  ).split(' '),
);

/** Whether the Hub puts a file into LFS for its name alone, however small it is. */
export function isLfsByName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return endings.has(name.slice(name.lastIndexOf('.') + 1)) || /tfevents|\.tar\.|^lfs\./.test(name);
}
