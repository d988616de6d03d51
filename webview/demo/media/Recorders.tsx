import { useEffect, useRef, useState } from 'preact/hooks';
import { formatDuration } from '../../ui/outputs/Player';
import { closeDevice, deviceProblem, openDevice, snapshot, type Device } from './capture';
import { strings } from './strings';
import { toWav } from './wav';

interface CaptureProps {
  readonly onFile: (file: File) => void;
  readonly onProblem: (problem: string) => void;
  readonly onClose: () => void;
}

/** A live picture of the camera and a shutter. */
export function Camera({ onFile, onProblem, onClose }: CaptureProps) {
  const stream = useDevice('camera', onProblem);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!video.current || !stream) return;
    video.current.srcObject = stream;
    video.current.play().catch((error: unknown) => onProblem(deviceProblem('camera', error)));
  }, [stream]);
  const take = () => {
    if (!video.current) return;
    snapshot(video.current).then(onFile, (error: unknown) => onProblem(deviceProblem('camera', error)));
  };
  if (!stream) return <Waiting device="camera" onClose={onClose} />;
  return (
    <div class="media-capture">
      <video class="media-picture" ref={video} muted aria-label={strings.cameraPreview} />
      <div class="media-actions">
        <button type="button" class="small-button" ref={focusAtOnce} onClick={take}>
          {strings.takePicture}
        </button>
        <CancelButton onClose={onClose} />
      </div>
    </div>
  );
}

/** Records until stopped; what was said becomes a WAV file. */
export function Microphone({ onFile, onProblem, onClose }: CaptureProps) {
  const stream = useDevice('microphone', onProblem);
  const recorder = useRef<MediaRecorder | null>(null);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!stream) return;
    const started = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - started) / 1000), 500);
    recorder.current = record(stream, onFile, onProblem);
    return () => clearInterval(timer);
  }, [stream]);
  if (!stream) return <Waiting device="microphone" onClose={onClose} />;
  return (
    <div class="media-capture">
      <p class="output-note" role="timer">
        {strings.recording(formatDuration(seconds))}
      </p>
      <div class="media-actions">
        <button type="button" class="small-button" ref={focusAtOnce} onClick={() => recorder.current?.stop()}>
          {strings.stopRecording}
        </button>
        <CancelButton onClose={onClose} />
      </div>
    </div>
  );
}

function record(
  stream: MediaStream,
  onFile: CaptureProps['onFile'],
  onProblem: CaptureProps['onProblem'],
): MediaRecorder {
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => {
    // A track that ended belongs to a recording that was cancelled.
    if (stream.getTracks().every(({ readyState }) => readyState === 'ended')) return;
    toWav(new Blob(parts, { type: recorder.mimeType })).then(onFile, (error: unknown) =>
      onProblem(deviceProblem('microphone', error)),
    );
  };
  recorder.start();
  return recorder;
}

/** The stream of a device while the component lives; null until the person has agreed. */
function useDevice(device: Device, onProblem: (problem: string) => void): MediaStream | null {
  const [stream, setStream] = useState<MediaStream | null>(null);
  useEffect(() => {
    let ended = false;
    let opened: MediaStream | null = null;
    openDevice(device).then(
      (granted) => {
        if (ended) closeDevice(granted);
        else setStream((opened = granted));
      },
      (error: unknown) => {
        if (!ended) onProblem(deviceProblem(device, error));
      },
    );
    return () => {
      ended = true;
      if (opened) closeDevice(opened);
    };
  }, [device]);
  return stream;
}

function Waiting({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) {
  return (
    <div class="media-capture">
      <p class="output-note">{strings.startingDevice(device)}</p>
      <div class="media-actions">
        <CancelButton onClose={onClose} />
      </div>
    </div>
  );
}

function CancelButton({ onClose }: { readonly onClose: () => void }) {
  return (
    <button type="button" class="small-button" onClick={onClose}>
      {strings.cancel}
    </button>
  );
}

function focusAtOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}
