/** Something is going on whose end is not known; the text beside it says what. */
export function ProgressBar({ label }: { readonly label: string }) {
  return <div class="progress-bar" role="progressbar" aria-label={label} />;
}
