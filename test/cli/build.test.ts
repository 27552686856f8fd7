import { execFileSync } from 'node:child_process';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBuild } from '../../src/cli/build.ts';
import { processIo } from '../../src/cli/io.ts';

const found = async (env: Readonly<Record<string, string>>) => {
  const io = { ...processIo(process), env: (name: string) => env[name] || undefined };
  const { version, branch, url } = await findBuild(io);
  return [version, branch, url];
};

test.for([
  [
    'GitHub',
    {
      GITHUB_ACTIONS: 'true',
      GITHUB_SHA: 's',
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'me/shop',
      GITHUB_RUN_ID: '7',
    },
    ['s', 'main', 'https://github.com/me/shop/actions/runs/7'],
  ],
  [
    'a tag at GitHub',
    { GITHUB_ACTIONS: 'true', GITHUB_SHA: 's', GITHUB_REF_NAME: 'v1', GITHUB_REF_TYPE: 'tag' },
    ['s', undefined, undefined],
  ],
  [
    'GitLab',
    { GITLAB_CI: 'true', CI_COMMIT_SHA: 's', CI_COMMIT_BRANCH: 'feat/x', CI_JOB_URL: 'u' },
    ['s', 'feat/x', 'u'],
  ],
  [
    'a merge request at GitLab',
    {
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: 'merged',
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: 's',
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'feat/x',
    },
    ['s', 'feat/x', undefined],
  ],
  [
    'Azure',
    {
      TF_BUILD: 'True',
      BUILD_SOURCEVERSION: 's',
      BUILD_SOURCEBRANCH: 'refs/heads/feat/x',
      BUILD_SOURCEBRANCHNAME: 'x',
      SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: 'https://dev.azure.com/me/',
      SYSTEM_TEAMPROJECT: 'shop',
      BUILD_BUILDID: '7',
    },
    ['s', 'feat/x', 'https://dev.azure.com/me/shop/_build/results?buildId=7'],
  ],
  [
    'a pull request at Azure',
    {
      TF_BUILD: 'True',
      BUILD_SOURCEVERSION: 'merged',
      BUILD_SOURCEBRANCH: 'refs/pull/7/merge',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: 's',
      SYSTEM_PULLREQUEST_SOURCEBRANCH: 'refs/heads/feat/x',
    },
    ['s', 'feat/x', undefined],
  ],
  [
    'CircleCI',
    { CIRCLECI: 'true', CIRCLE_SHA1: 's', CIRCLE_BRANCH: 'main', CIRCLE_BUILD_URL: 'u' },
    ['s', 'main', 'u'],
  ],
  [
    'Jenkins',
    { JENKINS_URL: 'http://j', GIT_COMMIT: 's', GIT_BRANCH: 'origin/main', BUILD_URL: 'u' },
    ['s', 'main', 'u'],
  ],
  [
    'a pull request at Jenkins',
    { JENKINS_URL: 'http://j', GIT_COMMIT: 's', BRANCH_NAME: 'PR-7', CHANGE_BRANCH: 'feat/x' },
    ['s', 'feat/x', undefined],
  ],
  [
    'Bitbucket',
    {
      BITBUCKET_BUILD_NUMBER: '7',
      BITBUCKET_COMMIT: 's',
      BITBUCKET_BRANCH: 'main',
      BITBUCKET_GIT_HTTP_ORIGIN: 'https://bitbucket.org/me/shop',
    },
    ['s', 'main', 'https://bitbucket.org/me/shop/pipelines/results/7'],
  ],
  [
    'Travis',
    { TRAVIS: 'true', TRAVIS_COMMIT: 's', TRAVIS_BRANCH: 'main', TRAVIS_BUILD_WEB_URL: 'u' },
    ['s', 'main', 'u'],
  ],
  [
    'Buildkite',
    { BUILDKITE: 'true', BUILDKITE_COMMIT: 's', BUILDKITE_BRANCH: 'b', BUILDKITE_BUILD_URL: 'u' },
    ['s', 'b', 'u'],
  ],
  [
    'CodeBuild',
    {
      CODEBUILD_BUILD_ID: '7',
      CODEBUILD_RESOLVED_SOURCE_VERSION: 's',
      CODEBUILD_WEBHOOK_HEAD_REF: 'refs/heads/main',
    },
    ['s', 'main', undefined],
  ],
] as const)('knows what %s builds', async ([, env, wanted]) => {
  expect(await found(env)).toEqual(wanted);
});

test('takes the commit of the branch, not the merge that GitHub builds', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'build-'));
  const event = join(folder.path, 'event.json');
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SHA: 'merged',
    GITHUB_HEAD_REF: 'feat/x',
    GITHUB_REF_NAME: '7/merge',
    GITHUB_EVENT_PATH: event,
  };
  await writeFile(event, '{"pull_request":{"head":{"sha":"s"}}}');
  expect(await found(env)).toEqual(['s', 'feat/x', undefined]);
  await writeFile(event, '{"ref":');
  expect(await found(env)).toEqual(['merged', 'feat/x', undefined]);
});

test('asks git where there is no CI system', async () => {
  const git = (...args: readonly string[]) => execFileSync('git', [...args], { encoding: 'utf8' });
  const head = git('rev-parse', 'HEAD').trim();
  const name = git('rev-parse', '--abbrev-ref', 'HEAD').trim();
  expect(await found({})).toEqual([head, name === 'HEAD' ? undefined : name, undefined]);
});
