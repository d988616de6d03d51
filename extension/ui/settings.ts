import * as vscode from 'vscode';
import { defaultTolerance } from '../core/flagging/replay/types';
import { settings, settingsSection } from '../ids';

interface SettingTypes {
  readonly pythonInterpreter: string;
  readonly codeLens: boolean;
  readonly flaggingOptions: readonly string[];
  readonly flaggingDirectory: string;
  readonly flaggingUsername: string;
  readonly replayTolerance: number;
  readonly replayPixelTolerance: number;
  readonly replayPraisingOptions: readonly string[];
  readonly reviewStopAt: number;
  readonly reviewDiagnostics: boolean;
  readonly reviewMaxDiagnostics: number;
  readonly reviewer: string;
  readonly reviewDiscard: string;
  readonly hubEndpoint: string;
  readonly hubOauthClientId: string;
  readonly hubXet: boolean;
}

const fallbacks: SettingTypes = {
  pythonInterpreter: '',
  codeLens: true,
  flaggingOptions: [],
  flaggingDirectory: 'flagged',
  flaggingUsername: '',
  replayTolerance: defaultTolerance.absolute,
  replayPixelTolerance: defaultTolerance.pixels,
  replayPraisingOptions: [],
  reviewStopAt: 0.1,
  reviewDiagnostics: true,
  reviewMaxDiagnostics: 500,
  reviewer: '',
  reviewDiscard: 'remove',
  hubEndpoint: '',
  hubOauthClientId: '',
  hubXet: false,
};

/** A setting as it is for a resource; a value of a wrong type counts as not set. */
export function configured<K extends keyof SettingTypes>(name: K, scope?: vscode.Uri): SettingTypes[K] {
  const value: unknown = vscode.workspace.getConfiguration(settingsSection, scope).get(settings[name]);
  const fallback = fallbacks[name];
  if (Array.isArray(fallback)) return isTexts(value) ? (value as SettingTypes[K]) : fallback;
  return typeof value === typeof fallback ? (value as SettingTypes[K]) : fallback;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Who flags, or null when the setting is empty. */
export function username(scope: vscode.Uri): string | null {
  return configured('flaggingUsername', scope).trim() || null;
}
