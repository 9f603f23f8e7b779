import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { AppError, errorCodes, isTryLater, toAppError } from '../../lib/errors.ts';

it('knows each code once', () => {
  expect(new Set(errorCodes).size).toBe(errorCodes.length);
});

it('keeps what it was given', () => {
  const cause = new Error('why');
  const error = new AppError('bad_weight', {
    field: 'weight',
    params: { max: 100 },
    details: 'words',
    retryAfterMs: 5,
    cause,
  });
  expect(error).toMatchObject({
    name: 'AppError',
    message: 'bad_weight',
    code: 'bad_weight',
    field: 'weight',
    params: { max: 100 },
    details: 'words',
    retryAfterMs: 5,
  });
  expect(error.cause).toBe(cause);
});

it('never brings its cause into a message or a record', () => {
  const error = new AppError('network', { cause: { token: 'PLANTED' } });
  expect(JSON.stringify(error)).not.toContain('PLANTED');
  expect(Object.keys(error)).not.toContain('cause');
  expect(JSON.stringify(Object.entries(error))).not.toContain('PLANTED');
  // A debugger finds it.
  expect(inspect(error)).toContain('PLANTED');
});

it('leaves our errors as they are and calls all others internal', () => {
  const ours = new AppError('timeout');
  expect(toAppError(ours)).toBe(ours);
  for (const other of [new TypeError('x'), 'text', undefined, null])
    expect(toAppError(other)).toMatchObject({ code: 'internal', cause: other });
});

it('says what passes by itself', () => {
  const passing = errorCodes.filter((code) => isTryLater(new AppError(code)));
  expect([...passing].sort()).toEqual(
    [
      ...['bad_answer', 'network', 'service_busy', 'service_error', 'timeout', 'too_many_requests'],
      ...[
        'allegro_blocked',
        'allegro_cors',
        'allegro_empty_answer',
        'answer_too_large',
        'wechat_daily_limit',
      ],
    ].sort(),
  );
});
