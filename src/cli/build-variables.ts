import type { Build } from './build.ts';

type Env = (name: string) => string | undefined;

/** How a CI system tells what it builds. */
interface System {
  /** The variable that only this system sets. */
  readonly mark: string;
  /** Variables, the first that is set counts. */
  readonly version: readonly string[];
  readonly branch: readonly string[];
  readonly url: (env: Env) => string | undefined;
}

/**
 * Variables of a pull request come first: those of the build itself name a merge that is never
 * deployed, and a branch that is not the one with the change.
 */
const SYSTEMS: readonly System[] = [
  {
    // https://docs.github.com/en/actions/reference/workflows-and-actions/variables
    mark: 'GITHUB_ACTIONS',
    version: ['GITHUB_SHA'],
    branch: ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME'],
    url: (env) =>
      joined(env, ['GITHUB_SERVER_URL', 'GITHUB_REPOSITORY'], 'actions/runs', 'GITHUB_RUN_ID'),
  },
  {
    // https://docs.gitlab.com/ci/variables/predefined_variables
    mark: 'GITLAB_CI',
    version: ['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA', 'CI_COMMIT_SHA'],
    branch: ['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_BRANCH'],
    url: (env) => env('CI_JOB_URL') ?? env('CI_PIPELINE_URL'),
  },
  {
    // https://learn.microsoft.com/azure/devops/pipelines/build/variables
    mark: 'TF_BUILD',
    version: ['SYSTEM_PULLREQUEST_SOURCECOMMITID', 'BUILD_SOURCEVERSION'],
    // BUILD_SOURCEBRANCHNAME has only what follows the last slash.
    branch: ['SYSTEM_PULLREQUEST_SOURCEBRANCH', 'BUILD_SOURCEBRANCH'],
    url: (env) =>
      joined(
        env,
        ['SYSTEM_TEAMFOUNDATIONCOLLECTIONURI', 'SYSTEM_TEAMPROJECT'],
        '_build/results?buildId=',
        'BUILD_BUILDID',
      ),
  },
  {
    mark: 'CIRCLECI',
    version: ['CIRCLE_SHA1'],
    branch: ['CIRCLE_BRANCH'],
    url: (env) => env('CIRCLE_BUILD_URL'),
  },
  {
    mark: 'JENKINS_URL',
    version: ['GIT_COMMIT'],
    branch: ['CHANGE_BRANCH', 'BRANCH_NAME', 'GIT_BRANCH'],
    url: (env) => env('BUILD_URL'),
  },
  {
    mark: 'BITBUCKET_BUILD_NUMBER',
    version: ['BITBUCKET_COMMIT'],
    branch: ['BITBUCKET_BRANCH'],
    url: (env) =>
      joined(env, ['BITBUCKET_GIT_HTTP_ORIGIN'], 'pipelines/results', 'BITBUCKET_BUILD_NUMBER'),
  },
  {
    mark: 'TRAVIS',
    version: ['TRAVIS_PULL_REQUEST_SHA', 'TRAVIS_COMMIT'],
    branch: ['TRAVIS_PULL_REQUEST_BRANCH', 'TRAVIS_BRANCH'],
    url: (env) => env('TRAVIS_BUILD_WEB_URL'),
  },
  {
    mark: 'BUILDKITE',
    version: ['BUILDKITE_COMMIT'],
    branch: ['BUILDKITE_BRANCH'],
    url: (env) => env('BUILDKITE_BUILD_URL'),
  },
  {
    mark: 'APPVEYOR',
    version: ['APPVEYOR_PULL_REQUEST_HEAD_COMMIT', 'APPVEYOR_REPO_COMMIT'],
    branch: ['APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH', 'APPVEYOR_REPO_BRANCH'],
    url: () => undefined,
  },
  {
    mark: 'DRONE',
    version: ['DRONE_COMMIT_SHA'],
    branch: ['DRONE_SOURCE_BRANCH', 'DRONE_BRANCH'],
    url: (env) => env('DRONE_BUILD_LINK'),
  },
  {
    mark: 'SEMAPHORE',
    version: ['SEMAPHORE_GIT_PR_SHA', 'SEMAPHORE_GIT_SHA'],
    branch: ['SEMAPHORE_GIT_PR_BRANCH', 'SEMAPHORE_GIT_BRANCH'],
    url: () => undefined,
  },
  {
    mark: 'CODEBUILD_BUILD_ID',
    version: ['CODEBUILD_RESOLVED_SOURCE_VERSION'],
    branch: ['CODEBUILD_WEBHOOK_HEAD_REF'],
    url: (env) => env('CODEBUILD_BUILD_URL'),
  },
  {
    mark: 'TEAMCITY_VERSION',
    version: ['BUILD_VCS_NUMBER'],
    branch: [],
    url: (env) => env('BUILD_URL'),
  },
];

/** What is being built, by the variables of a CI system; `undefined` outside of those that are known. */
export function buildOfVariables(env: Env): Omit<Build, 'notes'> | undefined {
  const system = SYSTEMS.find(({ mark }) => env(mark) !== undefined);
  if (!system) return undefined;
  const isTag = env('GITHUB_REF_TYPE') === 'tag' && system.mark === 'GITHUB_ACTIONS';
  const branch = isTag ? undefined : firstOf(env, system.branch);
  return { version: firstOf(env, system.version), branch: toBranch(branch), url: system.url(env) };
}

function firstOf(env: Env, names: readonly string[]): string | undefined {
  return names.map(env).find((value) => value !== undefined);
}

/** Some say where the branch is as well; a tag is no branch. */
function toBranch(given: string | undefined): string | undefined {
  if (given === undefined || given.startsWith('refs/tags/')) return undefined;
  return given.replace(/^refs\/(?:heads|remotes\/origin)\//, '').replace(/^origin\//, '');
}

function joined(
  env: Env,
  before: readonly string[],
  middle: string,
  last: string,
): string | undefined {
  const parts = before.map((name) => env(name)?.replace(/\/$/, ''));
  const end = env(last);
  if (end === undefined || parts.includes(undefined)) return undefined;
  const glue = middle.endsWith('=') ? '' : '/';
  return `${[...parts, middle].join('/')}${glue}${end}`;
}
