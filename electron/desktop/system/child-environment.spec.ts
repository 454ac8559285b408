import { describe, expect, it } from 'vitest';
import { childEnvironment } from './child-environment';

describe('the environment of a child process', () => {
  it('has no secret of the admin in it', () => {
    const canary = 'canary-7391';
    const secrets = [
      'ALIBABA_CLOUD_ACCESS_KEY_ID',
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
      'ALIBABA_CLOUD_SECURITY_TOKEN',
      'ALIYUN_KEY',
      'AWS_SESSION_TOKEN',
      'GITHUB_TOKEN',
      'MYSQL_PASSWORD',
      'OPENAI_API_KEY',
    ];
    const given = Object.fromEntries(secrets.map((name) => [name, canary]));
    expect(childEnvironment(given)).toEqual({});
  });

  it('has what connecting takes', () => {
    const needed = {
      HOME: '/home/a',
      USERPROFILE: 'C:\\Users\\a',
      PATH: '/bin',
      SSH_AUTH_SOCK: '/run/agent',
      SystemRoot: 'C:\\Windows',
      ProgramData: 'C:\\ProgramData',
      LANG: 'en_GB.UTF-8',
    };
    expect(childEnvironment({ ...needed, GONE: undefined })).toEqual(needed);
  });
});
