// A mock with options of `startMock`, as JSON, on a port. Run by `npm run bench`.
import { startMock } from '../../src/mock.ts';

const [, , port, options = '{}'] = process.argv;
await startMock({ ...JSON.parse(options), port: Number(port) });
