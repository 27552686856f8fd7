import { expect, test } from 'vitest';
import { readDatePattern } from '../../src/pact/date-pattern.ts';

test.for([
  ['', '2024-05-14T08:20:31Z', '2024-05-14'],
  ["yyyy-MM-dd'T'HH:mm:ss", '2024-05-14T08:20:31', '2024-05-14T08:20:31Z'],
  ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", '2024-05-14T08:20:31.517Z', '2024-05-14T08:20:31Z'],
  ["yyyy-MM-dd'T'HH:mm:ssZ", '2024-05-14T08:20:31+0000', '2024-05-14'],
  ['dd/MM/yy HH:mm', '14/05/24 08:20', '14/05/2024 08:20'],
  ['EEE, d MMM yyyy HH:mm:ss z', 'Wed, 14 May 2024 08:20:31 GMT', 'Wed, 14 05 2024 08:20:31 GMT'],
  ['h:mm a', '8:20 AM', '8:20'],
  ["yyyy-MM-dd['T'HH:mm]", '2024-05-14T08:20', '2024-05'],
  ["hh 'o''clock'", "08 o'clock", '08 oclock'],
] as const)('reads the pattern %j', ([format, example, other]) => {
  const pattern = readDatePattern('datetime', format);
  expect(pattern?.example).toBe(example);
  expect(pattern?.expression.test(example)).toBe(true);
  expect(pattern?.expression.test(other)).toBe(false);
});

test('has patterns of its own for dates and times', () => {
  expect(readDatePattern('date', '')?.example).toBe('2024-05-14');
  expect(readDatePattern('time', '')?.example).toBe('08:20:31');
});

test('says nothing of letters that it does not know', () => {
  expect(readDatePattern('datetime', 'yyyy-QQ')).toBeUndefined();
});
