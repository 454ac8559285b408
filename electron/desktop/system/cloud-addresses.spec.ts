import { describe, expect, it } from 'vitest';
import { mayCall } from './cloud-addresses';

const own = { practice: false, services: ['https://api.ipify.org/', 'https://example.org/ip?me'] };
const practice = { practice: true, services: ['https://api.ipify.org/'] };

describe('what the app itself calls', () => {
  it.each([
    'https://ecs.cn-hangzhou.aliyuncs.com/?Action=DescribeInstances',
    'https://sts.ap-southeast-1.aliyuncs.com/?Action=AssumeRole',
    'https://ecs-cn-hangzhou.aliyuncs.com/?Action=DescribeRegions',
    'https://ecs.aliyuncs.com/',
    'https://api.ipify.org/',
    'https://example.org/ip?me',
  ])('is %s', (address) => {
    expect(mayCall(address, own)).toBe(true);
  });

  it.each([
    'http://ecs.cn-hangzhou.aliyuncs.com/',
    'https://ecs.cn-hangzhou.aliyuncs.com:8443/',
    'https://ecs.cn-hangzhou.aliyuncs.com/other',
    'https://user@ecs.cn-hangzhou.aliyuncs.com/',
    'https://ecs.cn-hangzhou.aliyuncs.com.example.org/',
    'https://oss.cn-hangzhou.aliyuncs.com/',
    'https://ecs.x_y.aliyuncs.com/',
    'https://ident.me/',
    'https://example.org/ip',
    'http://api.ipify.org/',
    'http://127.0.0.1:8080/',
    'https://127.0.0.1/',
    'http://100.100.100.200/latest/meta-data/',
    'file:///etc/passwd',
    'nonsense',
  ])('is never %s', (address) => {
    expect(mayCall(address, own)).toBe(false);
  });

  it('is in practice on this computer only', () => {
    expect(mayCall('http://127.0.0.1:8080/?Action=DescribeInstances', practice)).toBe(true);
    expect(mayCall('http://192.0.2.1:8080/', practice)).toBe(false);
    expect(mayCall('https://ecs.cn-hangzhou.aliyuncs.com/', practice)).toBe(false);
    expect(mayCall('https://api.ipify.org/', practice)).toBe(false);
  });
});
