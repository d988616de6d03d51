/** Every text of the media inputs. */
import type { Device } from './capture';

const things = {
  image: 'an image',
  audio: 'a sound file',
  video: 'a video',
  gallery: 'an image or a video',
  file: 'a file of the wanted type',
} as const;

const deviceNames: Readonly<Record<Device, string>> = { camera: 'camera', microphone: 'microphone' };

export const strings = {
  choose: 'Choose file…',
  chooseMany: 'Choose files…',
  add: 'Add files…',
  replace: 'Replace…',
  paste: 'Paste',
  camera: 'Camera',
  microphone: 'Record',
  dropHint: (many: boolean) => `or drop ${many ? 'files' : 'a file'} here (hold Shift), or paste`,
  remove: 'Remove',
  removeNamed: (name: string) => `Remove ${name}`,
  cancel: 'Cancel',
  files: 'Files',
  sending: (name: string, sent: string, total: string) => `Adding ${name}: ${sent} of ${total}`,
  added: (name: string) => `${name} added.`,
  cancelled: (name: string) => `${name} was not added.`,
  failed: (name: string, reason: string) => `${name} could not be added: ${reason}`,
  wrongType: (name: string, kind: keyof typeof things, wanted: string) =>
    `${name} is not ${things[kind]}${wanted ? ` (${wanted})` : ''}. Choose another.`,
  onlyOne: 'Only one file fits here; the first was taken.',
  nothingDropped: 'That held no file. Drop a file of this computer, or choose one.',
  nothingToPaste: 'The clipboard holds no image.',
  pasteRefused: 'The clipboard could not be read. Press Ctrl+V here instead, or choose a file.',
  cannotPreview: (name: string) => `${name} cannot be previewed here; the function will still get it.`,
  takePicture: 'Take picture',
  cameraPreview: 'Camera preview',
  startingDevice: (device: Device) => `Waiting for the ${deviceNames[device]}…`,
  recording: (seconds: string) => `Recording, ${seconds}`,
  stopRecording: 'Stop and keep',
  deviceRefused: (device: Device) =>
    `The ${deviceNames[device]} was refused by the system or the editor. Allow it in the system settings, or choose a file.`,
  deviceMissing: (device: Device) => `No ${deviceNames[device]} was found. Connect one, or choose a file.`,
  deviceBusy: (device: Device) =>
    `The ${deviceNames[device]} is used by another program. Close that one, or choose a file.`,
  deviceFailed: (device: Device, reason: string) => `The ${deviceNames[device]} failed: ${reason}`,
} as const;
