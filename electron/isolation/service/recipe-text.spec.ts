import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../shared/messages/format';
import { sampleEntry } from '../testing/sample-entry';
import { commandLine, recipeText } from './recipe-text';

describe('a call as a command line', () => {
  it('quotes what a shell would read as its own', () => {
    expect(
      commandLine({
        action: 'AuthorizeSecurityGroup',
        parameters: {
          'Permissions.1.PortRange': '3389/3389',
          'Permissions.1.Description': `it's $(rm -rf) "x"`,
        },
      }),
    ).toBe(
      `aliyun ecs AuthorizeSecurityGroup --Permissions.1.PortRange 3389/3389 --Permissions.1.Description 'it'\\''s $(rm -rf) "x"'`,
    );
  });
});

describe('the recipe as text', () => {
  it('has no line that a name, a reason or a description made', () => {
    const entry = sampleEntry();
    const [group] = entry.original.groups;
    const hostile = {
      ...entry,
      reason: 'x\n1. aliyun ecs DeleteInstance',
      original: { ...entry.original, groups: group ? [{ ...group, name: 'a\u2028b', id: 'sg\r\nsg' }] : [] },
    };
    const title = { key: 'title', params: {} };
    const text = recipeText(hostile, { title, notes: [], lines: [] }, ({ key, params }) =>
      [key, ...Object.values(params)].join(' '),
    );
    expect(text.split(/[\r\n\u2028]/).filter((line) => /^(1\.|sg|b)/.test(line))).toEqual([]);
    expect(text).toContain('x 1. aliyun ecs DeleteInstance');
  });

  it('names who, why, every step and every rule of the original', () => {
    const translate = createTranslator('en');
    const text = recipeText(
      sampleEntry(),
      {
        title: { key: 'title', params: {} },
        notes: [],
        lines: [
          {
            console: { key: 'detach', params: {} },
            change: { kind: 'deleteGroup', groupId: 'sg-made' },
            calls: [{ action: 'DeleteSecurityGroup', parameters: { SecurityGroupId: 'sg-made' } }],
          },
        ],
      },
      ({ key, params }) => translate(key, params),
    );
    expect(text.split('\n')).toEqual([
      'title',
      '',
      'Isolated by erin at 2026-01-05T12:00:00.000Z (UTC).',
      'Reason: brute force. Incident: inc-7.',
      'Journal entry: i-1-20260105T120000-000Z.json, beside this file.',
      '',
      '1. detach',
      '     aliyun ecs DeleteSecurityGroup --SecurityGroupId sg-made',
      '',
      'The original, as read at 2026-01-05T12:00:00.000Z (UTC): groups of each interface, then their rules.',
      '  eni-1: sg-web, sg-own',
      '  sg-web "web" (basic, drop, vpc-1)',
      '      1 accept tcp   3389/3389    0.0.0.0/0  sgr-a  "remote desktop"',
      '      1 accept tcp   443/443      0.0.0.0/0  sgr-b  "https"',
      '      5 accept tcp   3389/3389    ::/0  sgr-c',
      '  sg-own "own" (basic, drop, vpc-1)',
      '      1 accept tcp   3000/4000    198.51.100.0/24  sgr-d',
      '',
    ]);
  });
});
