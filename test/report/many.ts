import type { OperationCoverage } from '../../src/coverage/coverage.ts';
import type { Report, Subject } from '../../src/report/report.ts';

/** A report as large as they get: so many operations, each with a problem. */
export function manyOperations(report: Report, count: number): Report {
  const [subject] = report.subjects;
  const operation = report.coverage?.operations.find(({ requests }) => requests > 0);
  if (!subject || !operation || !report.coverage) throw new Error('the report is of nothing');
  const numbers = Array.from({ length: count }, (_, index) => index);
  const operations = numbers.map(
    (number): OperationCoverage => ({
      ...operation,
      id: `operation${number}`,
      path: `/things/${number}`,
      requests: number % 3,
    }),
  );
  const subjects = numbers.map(
    (number): Subject => ({
      ...subject,
      name: `operation${number} 200`,
      operation: `operation${number}`,
      problems: subject.problems.slice(0, 1),
    }),
  );
  return { ...report, subjects, coverage: { ...report.coverage, operations } };
}
