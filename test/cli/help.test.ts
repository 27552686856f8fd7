import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { run } from './io.ts';

test('tells its commands', async () => {
  const { code, stdout, stderr } = await run(['--help']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.replace(manifest.version, 'X')).toMatchInlineSnapshot(`
    "exactmatch X: one OpenAPI document, and the types, mock and checks that follow from it

    Usage: exactmatch <command> [options]

    Commands:
      mock          Run a local mock of the API: it judges requests, answers by the document, and remembers
      check         Say whether bodies, captures, pacts or a provider keep the promise, and if not, where and why
      proxy         Forward to a provider, and judge what passes in both directions
      diff          Say which differences of two documents break consumers, and which consumers
      types         Write the TypeScript types of a document: paths, operations, components
      verify        Hold a running provider to pacts by Pact's Verifier, and let nothing pass in silence
      coverage      Show for each consumer the operations and fields that it depends on, by its pacts
      pact          Write a pact of what a consumer sent, from a capture; merge pacts of a build
      publish       Share the pacts of a consumer with a broker, by Pact's CLI
      can-i-deploy  Ask a broker whether a version fits what it would meet, by Pact's CLI

    Options:
      -h, --help     Show this help, or that of a command
      -v, --version  Show the version

    Exit codes: 0 the promise is kept, 1 findings or stale output, 2 misuse or it cannot run.
    "
  `);
});

test('tells the options of mock', async () => {
  expect((await run(['mock', '--help'])).stdout).toMatchInlineSnapshot(`
    "Run a local mock of the API: it judges requests, answers by the document, and remembers.

    Usage: exactmatch mock [DOCUMENT] [options]

    Options:
      -p, --port NUMBER        Default: 4010; 0 takes a free one
          --host ADDRESS       Default: 127.0.0.1; 0.0.0.0 for calls from other machines
          --spec DOCUMENT      Path or URL of an OpenAPI 3.0 or 3.1 document; default: the shipped one
          --watch              Follow all files of the document, and go on with what they say
          --dynamic            Answer with made data instead of examples
          --seed NUMBER        What ids, faults and made data start from; default: 1
          --strict             Refuse properties and parameters that the document does not name
          --no-validate        Log what is wrong with requests, and answer them anyway
          --body-limit BYTES   Largest request body; default: 4194304
          --cors               Let web pages of any origin call it
          --stateless          Remember nothing
          --seed-data FILE     JSON with lists of items by the path of their collection
          --store URL          redis://HOST:PORT, to share memory; or by EXACTMATCH_STORE
          --workers NUMBER     Processes that share the port and, by --store, the memory
          --now TIME           Where the clock stands at first: 2024-05-14T08:20:31Z
          --frozen             Let the clock stand still
          --latency TIME       Wait before each answer, in milliseconds: 100, 50..200
          --fail SHARE         Answer some requests with errors: 5%:503, 10%:500,503
          --throttle RATE      Answer more requests than that with 429: 100/10s
          --reset SHARE        Break the connections of some requests: 1%
          --slow RATE          Send bodies slowly, in bytes a second: 1000, 5%:1000
          --https              Speak HTTPS, by a certificate made for this run unless one is given
          --cert FILE          Certificate in PEM, for --https
          --key FILE           Its key in PEM
          --admin-token TOKEN  Open the admin API to other machines; better by EXACTMATCH_ADMIN_TOKEN
          --pact CONSUMER      At the end, write a pact of what this consumer sent
          --provider NAME      For --pact: who answers; default: the document's title
          --pact-dir DIR       For --pact: the folder of the pact file; default: pacts
          --log FORMAT         pretty, json or none; default: pretty
      -h, --help               Show this help

    Examples:
      exactmatch mock
      exactmatch mock openapi.yaml --port 8080 --cors --watch
      exactmatch mock --latency 50..200 --fail 5%:503 --throttle 100/10s
      exactmatch mock --dynamic --seed 42 --log json 2> requests.jsonl
      exactmatch mock --workers 4 --store redis://127.0.0.1:6379
    "
  `);
});

test('tells the options of check', async () => {
  expect((await run(['check', '-h'])).stdout).toMatchInlineSnapshot(`
    "Say whether bodies, captures, pacts or a provider keep the promise, and if not, where and why.

    Usage: exactmatch check [TARGET…] [options]

    Options:
          --operation ID                     Of a body: the operation it belongs to, an operationId or 'METHOD /path'; of a provider: those probed
          --status CODE                      Of a body: the status of its response; without it, it is a request's
          --server URL                       Of a capture: what lies below it is judged; default: the document's servers
          --max-entry-bytes N                Of a capture: larger entries and bodies are not read; default: 67108864
          --strict                           Refuse properties that the document does not name
          --allow-writes                     Of a provider: send POST, PUT, PATCH and DELETE too, and delete what was created
          --token-env [SCHEME=]NAME          The variable that holds its token or API key, for one security scheme or for all
          --header 'NAME: VALUE'             A header that every request carries
          --header-env HEADER=NAME           A header whose value a variable holds
          --path-parameter NAME=VALUE        A value for a path parameter: something that exists
          --seed NUMBER                      What made-up values start from; default: 1
          --max-cases NUMBER                 How many answers are judged at most; default: 1000
          --rate NUMBER                      How many requests a second at most
          --concurrency NUMBER               How many requests at a time; default: 4
          --timeout MS                       When a request is given up; default: 10000
          --broker URL                       Read the pacts of a provider from a Pact Broker
          --broker-token-env NAME            The variable that holds its token; default: PACT_BROKER_TOKEN
          --broker-username NAME             Instead of a token; or by PACT_BROKER_USERNAME
          --broker-password-env NAME         The variable that holds the password; default: PACT_BROKER_PASSWORD
          --provider-name NAME               Of a broker: the provider, as its pacts have it
          --consumer-version-selectors JSON  Of a broker: which pacts, such as [{"mainBranch":true}]; default: the latest
          --format LIST                      pretty, json, junit, github, sarif, html, markdown, or several of them; default: pretty
      -o, --output PATH                      Write to a file, in the form it ends in (.json .xml .sarif .html .md .txt), or each form to a folder
          --fail-on SEVERITY                 The least that fails: error, risk (and errors) or warning (any); default: error
          --coverage                         Show what was exercised of each operation, not only in a line
          --min-coverage PERCENT             Fail below that share of the declared statuses; or operations=90,statuses=60,parameters=50,properties=40
          --spec DOCUMENT                    Path or URL of an OpenAPI 3.0 or 3.1 document; default: the shipped one
      -h, --help                             Show this help

    Examples:
      exactmatch check session.json --operation createExactMatchSession --status 201
      curl -s https://… | exactmatch check - --operation getExactMatchSession --status 200
      exactmatch check session.har --server http://localhost:4010
      exactmatch check contracts/pacts --spec openapi.yaml
      exactmatch check --broker https://broker.example.com --provider-name pets --spec openapi.yaml
      exactmatch check http://127.0.0.1:8080/v1 --spec openapi.yaml --token-env API_TOKEN --allow-writes
    "
  `);
});

test('tells the options of types', async () => {
  expect((await run(['help', 'types'])).stdout).toMatchInlineSnapshot(`
    "Write the TypeScript types of a document: paths, operations, components.

    Usage: exactmatch types [DOCUMENT] [options]

    Options:
          --spec DOCUMENT  Path or URL of an OpenAPI 3.0 or 3.1 document; default: the shipped one
      -o, --output FILE    Where to write them; default: standard output
          --check          Write nothing; show how FILE differs, and exit with 1 when it does
      -h, --help           Show this help

    Examples:
      exactmatch types openapi.yaml -o src/api-types.ts
      exactmatch types openapi.yaml -o src/api-types.ts --check
    "
  `);
});

test.for(['--version', '-v'])('tells its version for %s', async (flag) => {
  expect(await run([flag])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test('shows its help on stderr, and fails, when it is told nothing', async () => {
  const { code, stdout, stderr } = await run([]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: exactmatch <command>');
});

test.for([
  [['mok'], 'There is no command "mok". The commands are mock, check,'],
  [['help', 'mok'], 'There is no command "mok"'],
  [['mock', '--prt', '1'], "unknown option '--prt'"],
  [['mock', '--port'], '--port'],
  [['mock', '--port', 'many'], '--port must be a whole number from 0 to 65535, got "many"'],
  [['mock', '--port', '65536'], '--port must be'],
  [['mock', '--log', 'xml'], '--log must be one of pretty, json, none, got "xml"'],
  [['mock', '--seed', '1.5'], '--seed must be a whole number'],
  [['mock', 'one.yaml', 'two.yaml'], '"two.yaml" is one argument too many'],
  [['mock', 'one.yaml', '--spec', 'two.yaml'], 'The document is given twice'],
  [['mock', 'no/such.yaml'], 'no/such.yaml'],
  [['check'], 'it needs TARGET'],
  [['check', '-'], 'Failed to read standard input: it is empty'],
  [
    ['check', 'no/such.json', '--operation', 'createExactMatchSession'],
    'Failed to read "no/such.json": there is no such file',
  ],
  [['check', '-', '--operation', 'create'], 'No operation is called "create"'],
  [['check', '-', '--operation', 'createExactMatchSession', '--status', '99'], '--status must be'],
  [['types', '--check'], '--check needs --output FILE'],
  [['types', '-o', 'no/such/folder/types.ts'], 'Failed to write "no/such/folder/types.ts"'],
] as const)('refuses %j with exit code 2 and says why', async ([argv, reason]) => {
  const { code, stdout, stderr } = await run(argv);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^exactmatch(?: [\w-]+)?: (?!exactmatch)/);
  expect(stderr).toContain(reason);
  expect(stderr).not.toContain('    at ');
});
