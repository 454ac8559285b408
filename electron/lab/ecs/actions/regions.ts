import type { Action } from './call';

const regions = [
  ['cn-hangzhou', 'China (Hangzhou)'],
  ['cn-shanghai', 'China (Shanghai)'],
  ['cn-beijing', 'China (Beijing)'],
  ['cn-shenzhen', 'China (Shenzhen)'],
  ['ap-southeast-1', 'Singapore'],
  ['eu-central-1', 'Germany (Frankfurt)'],
] as const;

export const isRegion = (id: string): boolean => regions.some(([region]) => region === id);

export const describeRegions: Action = {
  token: false,
  run: () => ({
    Regions: {
      Region: regions.map(([id, name]) => ({
        RegionId: id,
        LocalName: name,
        RegionEndpoint: `ecs.${id}.aliyuncs.com`,
        Status: 'available',
      })),
    },
  }),
};
