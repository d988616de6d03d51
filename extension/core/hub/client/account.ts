import { isRecord } from '../../json';
import type { HubAccount, HubOrganization, TokenScope } from './types';

/** Reads an answer of `whoami-v2`. @returns undefined when it names nobody */
export function accountIn(answer: unknown): HubAccount | undefined {
  const { name, fullname, orgs, auth } = isRecord(answer) ? answer : {};
  const known = textOf(name);
  if (known === undefined) return undefined;
  const { accessToken } = isRecord(auth) ? auth : {};
  const { role, displayName, fineGrained } = isRecord(accessToken) ? accessToken : {};
  return {
    name: known,
    fullName: textOf(fullname) ?? known,
    role: textOf(role),
    tokenName: textOf(displayName),
    organizations: recordsIn(orgs).flatMap(organizationIn),
    scopes: scopesIn(fineGrained),
  };
}

function organizationIn({ name, roleInOrg }: Readonly<Record<string, unknown>>): HubOrganization[] {
  const known = textOf(name);
  return known === undefined ? [] : [{ name: known, role: textOf(roleInOrg) }];
}

/** `{global: ["discussion.write"], scoped: [{entity: {type, name}, permissions: ["repo.write"]}]}` */
function scopesIn(fineGrained: unknown): readonly TokenScope[] | undefined {
  if (!isRecord(fineGrained) || !Array.isArray(fineGrained.scoped)) return undefined;
  const scoped = recordsIn(fineGrained.scoped).flatMap(({ entity, permissions }): TokenScope[] => {
    const name = isRecord(entity) ? textOf(entity.name) : undefined;
    return name === undefined ? [] : [{ entity: name, permissions: textsIn(permissions) }];
  });
  return [{ entity: undefined, permissions: textsIn(fineGrained.global) }, ...scoped];
}

function recordsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isRecord) : [];
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter((one) => typeof one === 'string') : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
