import { EcsError, invalid } from '../error';
import { numbered, required, tagsOf } from '../parameters';
import { withEntry } from '../store';
import type { EcsState } from '../types';
import { type Action, groupOf, instanceOf } from './call';

type Tags = Readonly<Record<string, string>>;

const MOST_TAGS = 20;

function retag(state: EcsState, type: string, id: string, change: (tags: Tags) => Tags): EcsState {
  if (type === 'securitygroup') {
    const group = groupOf(state, id);
    const tags = change(group.tags);
    return { ...state, groups: withEntry(state.groups, id, { ...group, tags }) };
  }
  if (type !== 'instance') throw invalid('ResourceType');
  const instance = instanceOf(state, id);
  const tags = change(instance.tags);
  return { ...state, instances: withEntry(state.instances, id, { ...instance, tags }) };
}

export const tagResources: Action = {
  token: false,
  run({ parameters, state, write }) {
    const type = required(parameters, 'ResourceType');
    required(parameters, 'ResourceId.1');
    required(parameters, 'Tag.1.Key');
    const added = tagsOf(parameters);
    const add = (tags: Tags) => {
      const all = { ...tags, ...added };
      if (Object.keys(all).length > MOST_TAGS) {
        throw new EcsError(400, 'TagQuotaExceeded', 'The resource would have more tags than allowed.');
      }
      return all;
    };
    write(numbered(parameters, 'ResourceId').reduce((now, id) => retag(now, type, id, add), state));
    return {};
  },
};

export const untagResources: Action = {
  token: false,
  run({ parameters, state, write }) {
    const type = required(parameters, 'ResourceType');
    required(parameters, 'ResourceId.1');
    const keys = numbered(parameters, 'TagKey');
    const all = parameters.All?.toLowerCase() === 'true';
    const drop = (tags: Tags) =>
      Object.fromEntries(Object.entries(tags).filter(([key]) => !all && !keys.includes(key)));
    write(numbered(parameters, 'ResourceId').reduce((now, id) => retag(now, type, id, drop), state));
    return {};
  },
};
