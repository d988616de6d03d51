import * as path from 'node:path';
import * as vscode from 'vscode';
import { describeEra } from '../../core/flagging/log/eraText';
import { ageOf, oneLine, sampleLine } from '../../core/flagging/log/sampleLine';
import type { Mark } from '../../core/flagging/log/marks';
import type { LoggedKind, LoggedSample } from '../../core/flagging/log/types';
import { commands } from '../../ids';
import { readablePath } from '../paths';
import type { MoreNode, OptionNode, SampleNode } from './samplesTree';
import type { WorkspaceLog } from './workspaceLogs';

const icons: Readonly<Partial<Record<LoggedKind, string>>> = {
  image: 'file-media',
  audio: 'unmute',
  video: 'device-camera-video',
  file: 'file',
};
/** Of the image in a tooltip. Pixels. */
const thumbnailHeight = 160;
/** What a tooltip shows of one value. UTF-16 units. */
const mostOfValue = 1000;

export function logItem(file: string, log: WorkspaceLog | undefined): vscode.TreeItem {
  const readable = readablePath(file);
  const item = new vscode.TreeItem(oneLine(readable), vscode.TreeItemCollapsibleState.Expanded);
  const count = log?.matching?.size ?? log?.index.rows.length ?? 0;
  item.id = `log:${file}`;
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('table');
  item.contextValue = 'log';
  item.resourceUri = vscode.Uri.file(file);
  item.tooltip = log ? `${readable}\n${describeEra(log.index.layout.era)}` : readable;
  item.accessibilityInformation = { label: vscode.l10n.t('Flag log {0}, {1} samples', readable, count) };
  return item;
}

export function optionItem({ log, option }: OptionNode, count: number): vscode.TreeItem {
  const name = option === null ? vscode.l10n.t('Without an option') : oneLine(option);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `option:${JSON.stringify([log.file, option])}`;
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('tag');
  item.contextValue = 'option';
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, {1} samples', name, count) };
  return item;
}

export function sampleItem(node: SampleNode, { reviewed, promoted }: Mark): vscode.TreeItem {
  const { sample } = node.read;
  const line = sampleLine(sample, node.log.demo?.inputs);
  const item = new vscode.TreeItem(line, vscode.TreeItemCollapsibleState.None);
  const age = ageOf(sample.timestamp, Date.now());
  const media = sample.values.find((value) => value.media.length > 0);
  item.id = `sample:${node.id}`;
  item.description = [
    age,
    reviewed ? vscode.l10n.t('reviewed') : '',
    promoted.length > 0 ? vscode.l10n.t('promoted') : '',
  ]
    .filter(Boolean)
    .join(' · ');
  item.iconPath = node.thumbnail ?? iconOf(media?.kind, reviewed);
  item.contextValue = ['sample', reviewed ? 'reviewed' : 'open', media ? 'media' : 'plain'].join(' ');
  item.accessibilityInformation = {
    label: [line, age, reviewed ? vscode.l10n.t('reviewed') : vscode.l10n.t('not reviewed')].filter(Boolean).join(', '),
  };
  item.command = { command: commands.openSample, title: vscode.l10n.t('Open'), arguments: [node] };
  return item;
}

function iconOf(kind: LoggedKind | undefined, reviewed: boolean): vscode.ThemeIcon {
  return reviewed
    ? new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'))
    : new vscode.ThemeIcon((kind && icons[kind]) ?? 'circle-outline');
}

export function moreItem(node: MoreNode): vscode.TreeItem {
  const label = vscode.l10n.t('Show 200 more…');
  const item = new vscode.TreeItem(label);
  item.id = `more:${JSON.stringify([node.parent.log.file, node.parent.option])}`;
  item.description = vscode.l10n.t('{0} left', node.left);
  item.contextValue = 'more';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: commands.showMoreSamples, title: label, arguments: [node] };
  return item;
}

/**
 * Everything about a sample, with its image. Its texts are shown as they are: nothing in them is a link, an image or a
 * command.
 */
export function describeSample({ log, read: { sample }, thumbnail }: SampleNode, mark: Mark): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = false;
  text.supportHtml = false;
  // An address has every character encoded that could end it.
  if (thumbnail) text.appendMarkdown(`![](${thumbnail.toString()}|height=${thumbnailHeight})\n\n`);
  for (const [name, value] of factsOf(sample, mark)) {
    text.appendMarkdown('**').appendText(oneLine(name)).appendMarkdown('**  \n');
    text.appendCodeblock(clipped(value), 'text');
  }
  text.appendText(`${path.basename(log.uri.fsPath)} · ${describeEra(log.index.layout.era)}`);
  return text;
}

function factsOf(sample: LoggedSample, mark: Mark): (readonly [string, string])[] {
  const facts: (readonly [string, string | null])[] = [
    ...sample.values.map(({ column, raw }) => [column.name, raw] as const),
    [vscode.l10n.t('Option'), sample.option],
    [vscode.l10n.t('Username'), sample.username],
    [vscode.l10n.t('Time'), sample.timestamp],
    [vscode.l10n.t('Problem'), sample.problem],
    [vscode.l10n.t('Promoted to'), mark.promoted.join(', ')],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function clipped(value: string): string {
  return value.length > mostOfValue ? `${value.slice(0, mostOfValue)}…` : value;
}
