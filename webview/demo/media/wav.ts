/** 16-bit PCM in a RIFF WAVE file: what Python's `wave` module reads without any package. */

const headerBytes = 44;

/**
 * @param channels samples from −1 to 1, one array of equal length per channel
 * @param sampleRate samples a second
 */
export function encodeWav(channels: readonly Float32Array[], sampleRate: number): ArrayBuffer {
  const frames = channels[0]?.length ?? 0;
  const dataBytes = frames * channels.length * 2;
  const buffer = new ArrayBuffer(headerBytes + dataBytes);
  const view = new DataView(buffer);
  writeHeader(view, channels.length, sampleRate, dataBytes);
  let offset = headerBytes;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      view.setInt16(offset, toInt16(channel[frame] ?? 0), true);
      offset += 2;
    }
  }
  return buffer;
}

function writeHeader(view: DataView, channels: number, sampleRate: number, dataBytes: number): void {
  const text = (offset: number, value: string) => {
    for (let i = 0; i < value.length; i++) view.setUint8(offset + i, value.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true); // bytes of the format chunk
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 2, true); // bytes a second
  view.setUint16(32, channels * 2, true); // bytes a frame
  view.setUint16(34, 16, true); // bits a sample
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
}

function toInt16(sample: number): number {
  const clipped = Math.max(-1, Math.min(1, sample));
  return Math.round(clipped * (clipped < 0 ? 0x8000 : 0x7fff));
}

/** Decodes what the browser recorded, in whatever format it chose, and encodes it as WAV. */
export async function toWav(recording: Blob): Promise<File> {
  const audio = new AudioContext();
  try {
    const decoded = await audio.decodeAudioData(await recording.arrayBuffer());
    const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) => decoded.getChannelData(index));
    return new File([encodeWav(channels, decoded.sampleRate)], 'microphone.wav', { type: 'audio/wav' });
  } finally {
    await audio.close();
  }
}
