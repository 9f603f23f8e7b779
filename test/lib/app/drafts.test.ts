import { expect, it } from 'vitest';
import { createDrafts } from '../../../lib/app/drafts.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

it('keeps what was typed, form by form', async () => {
  const drafts = createDrafts(createFakePorts().session);
  expect(await drafts.read('vote')).toBeUndefined();
  await drafts.save('vote', { post: 'alice/post', weight: '12' });
  await drafts.save('tweet', { text: 'hello' });
  expect(await drafts.read('vote')).toEqual({ post: 'alice/post', weight: '12' });
  await drafts.save('vote', {});
  expect(await drafts.read('vote')).toEqual({});
  expect(await drafts.read('tweet')).toEqual({ text: 'hello' });
});

it('takes a draft of another shape for none', async () => {
  const { session } = createFakePorts();
  await session.set('draft:vote', { post: 5 });
  expect(await createDrafts(session).read('vote')).toBeUndefined();
});
