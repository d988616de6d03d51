import { strings } from './strings';

export type Device = 'camera' | 'microphone';

/** Chromium's name for the policy by which a frame may use a device; other browsers have none to ask. */
interface PolicyDocument {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
}

/** Whether this page may ask for a device at all; editors withhold them from frames. */
export function canCapture(device: Device): boolean {
  // Absent outside secure contexts, though its type does not say so.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices || (device === 'microphone' && typeof MediaRecorder === 'undefined')) return false;
  return (document as PolicyDocument).featurePolicy?.allowsFeature(device) ?? true;
}

/** Asks the person for a device. */
export function openDevice(device: Device): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia(device === 'camera' ? { video: true } : { audio: true });
}

export function closeDevice(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Why a device could not be had, and what to do. */
export function deviceProblem(device: Device, error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'NotAllowedError' || name === 'SecurityError') return strings.deviceRefused(device);
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return strings.deviceMissing(device);
  if (name === 'NotReadableError' || name === 'AbortError') return strings.deviceBusy(device);
  return strings.deviceFailed(device, message);
}

/** The picture that a playing video shows now. */
export function snapshot(video: HTMLVideoElement): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(new File([blob], 'webcam.png', { type: 'image/png' }));
      else reject(new Error('no picture'));
    }, 'image/png');
  });
}
