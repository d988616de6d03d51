import * as vscode from 'vscode';
import type { PushPlan } from '../../core/hub/plan/types';
import type { FlagQueue } from '../../core/hub/saver/flagQueue';
import type { PushRecord } from '../../core/hub/push/types';
import type { CommandId } from '../../ids';
import type { Login } from './hubAccounts';

/** What a line of the view is about, for the commands of its menu. */
export type HubSubject =
  | { readonly kind: 'account'; readonly login: Login }
  | { readonly kind: 'plan'; readonly plan: PushPlan }
  | { readonly kind: 'card'; readonly plan: PushPlan }
  | { readonly kind: 'push'; readonly record: PushRecord }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'queue'; readonly queue: FlagQueue }
  | { readonly kind: 'pulled'; readonly folder: string };

/** One line of the *Hub* view. */
export interface HubNode {
  /** Unique in the view. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** Name of an icon of VS Code, and its colour. */
  readonly icon?: string;
  readonly color?: string;
  readonly children?: readonly HubNode[];
  /** Whether children are hidden at first. */
  readonly isCollapsed?: boolean;
  /** What a click does. */
  readonly command?: { readonly id: CommandId | 'vscode.open'; readonly title: string; readonly arguments: unknown[] };
  readonly subject?: HubSubject;
}

/** A part of the view, in the order in which they are registered. */
export interface HubSection {
  readonly onDidChange: vscode.Event<void>;
  nodes(): Promise<readonly HubNode[]>;
}

export function itemOf(node: HubNode): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(node.label, node.children ? (node.isCollapsed ? Collapsed : Expanded) : None);
  item.id = node.id;
  if (node.description !== undefined) item.description = node.description;
  // Else the tooltip, which may be a whole card, would be read out.
  item.accessibilityInformation = { label: [node.label, node.description].filter(Boolean).join(', ') };
  item.tooltip = node.tooltip ?? [node.label, node.description].filter(Boolean).join(' · ');
  const color = node.color === undefined ? undefined : new vscode.ThemeColor(node.color);
  if (node.icon !== undefined) item.iconPath = new vscode.ThemeIcon(node.icon, color);
  if (node.subject) item.contextValue = node.subject.kind;
  if (node.command) {
    const { id, title, arguments: given } = node.command;
    item.command = { command: id, title, arguments: given };
  }
  return item;
}

/** The subject of the line that a command was chosen on, if it is of this kind. */
export function subjectOf<K extends HubSubject['kind']>(
  clicked: unknown,
  kind: K,
): Extract<HubSubject, { readonly kind: K }> | undefined {
  const { subject } = (clicked ?? {}) as Partial<HubNode>;
  return subject?.kind === kind ? (subject as Extract<HubSubject, { readonly kind: K }>) : undefined;
}
