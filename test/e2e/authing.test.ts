/** Authing's user API and its administration: passwords that are refused and taken, one's profile, a pool's people. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seededPassword, seededPeople, seededPool, seededReaders } from '../sandbox/authing/seed.ts';
import { change, lookUp, readFirstRow, typeSignIn } from './authing-steps.ts';
import { browserNames } from './driver/index.ts';
import { startJourney, type Journey } from './journey.ts';
import { readVault } from './read-vault.ts';
import {
  choose,
  fill,
  findField,
  findService,
  press,
  readRole,
  waitForAlert,
  waitForStatus,
  waitUntil,
} from './steps.ts';
import { overhearView, readViewAnswers } from './view-answers.ts';

const title = 'Authing';
const newPassword = 'battery staple';

describe.each(browserNames)('Authing by password, and a user pool, in %s', (name) => {
  let journey: Journey;
  let options: Page;
  let wide: Page;

  beforeAll(async () => {
    journey = await startJourney(name);
    options = await journey.browser.firstRunPage();
    await overhearView(options);
    const region = await findService(options, title);
    await fill(region, 'App ID', seededPool.appId);
    await fill(region, 'App host', journey.sandbox.authing.brand.appHost);
    await fill(region, 'User pool ID', seededPool.userPoolId);
    await fill(region, 'User pool secret', seededPool.secret);
    await press(region, 'Save');
    await waitForStatus(region, 'Authing is saved.');
  });
  afterAll(() => journey[Symbol.asyncDispose]());

  describe('on the options page', () => {
    beforeEach(() => options.bringToFront());

    test.each([
      ['a wrong password', { login: 'bob', password: 'wrong horse' }, 'Password', /not the right password/],
      [
        'a locked person',
        { login: 'lea', password: seededPassword },
        'Name, e-mail',
        /has locked this account/,
      ],
      ['a picture to read', { login: 'carl', password: seededPassword }, 'Name, e-mail', /to read a picture/],
    ])('%s is told at its field', async (_what, typed, label, sentence) => {
      const region = await findService(options, title);
      await typeSignIn(options, title, 'Sign in with password', typed);
      await waitUntil('the sentence', async () => sentence.test(await waitForAlert(options)));
      const field = await findField(region, label);
      expect(
        await field.evaluate((control) => [control.ariaInvalid, control === document.activeElement]),
      ).toEqual(['true', true]);
      expect(await (await findField(region, 'Name, e-mail')).evaluate(({ value }) => value)).toBe(
        typed.login,
      );
    });

    test('the right password signs in, and the form is gone with it', async () => {
      await journey.browser.screenshot(options, 'authing-password');
      await journey.browser.screenshot(options, 'authing-password-dark', { isDark: true });
      await typeSignIn(options, title, 'Sign in with password', { login: 'bob', password: seededPassword });
      const region = await findService(options, title);
      await waitForStatus(region, 'Signed in as bob.');
      await waitUntil(
        'the form to be gone',
        async () => (await region.$('input[type=password][autocomplete=new-password]')) === null,
      );
    });

    test('a new person signs up, unless somebody has the name', async () => {
      const typed = { by: 'E-mail', password: 'long enough' };
      await typeSignIn(options, title, 'Sign up with password', {
        ...typed,
        login: seededPeople.alice.email,
      });
      expect(await waitForAlert(options)).toContain('Somebody else has this already.');
      const region = await findService(options, title);
      await fill(region, 'Name, e-mail', 'eve@bees.example');
      await press(region, 'Continue');
      await waitForStatus(region, 'Signed in as eve@bees.example.');
    });

    test('the pool is connected with one press', async () => {
      const region = await findService(options, title);
      await press(region, 'Connect the pool');
      await waitForStatus(region, 'Signed in as Bees.');
    });
  });

  describe('in the look-ups', () => {
    const pool = 'Bees · Authing user pool';
    const person = 'bob · Authing user API';

    beforeAll(async () => {
      wide = await journey.browser.openExtensionPage('popup.html#look-up');
      await overhearView(wide);
    });

    test('lists the people of the pool page by page, searches them, and finds nobody', async () => {
      const all = Object.keys(seededPeople).length + 1 + seededReaders;
      await choose(wide, 'Account', pool);
      await lookUp(wide, 'All users', {}, /^20 rows/);
      await press(wide, 'More');
      await waitForStatus(wide, new RegExp(`^${all} rows`));
      await journey.browser.screenshot(wide, 'authing-users');
      await journey.browser.screenshot(wide, 'authing-users-dark', { isDark: true });
      await lookUp(wide, 'Search users', { 'Search for': '读者' }, /^5 rows/);
      await lookUp(wide, 'Search users', { 'Search for': 'nobody at all' }, 'Nothing found.');
    });

    test('takes a person in, changes, blocks and deletes them, each asked once more', async () => {
      const { authing } = journey.sandbox;
      await change(wide, 'Create a user', { 'User name': 'alice' });
      expect(await waitForAlert(wide)).toContain('Somebody else has this already.');
      await change(wide, 'Create a user', { 'User name': 'dora', Password: 'long enough' });
      await waitForStatus(wide, 'Done: Create a user');
      const { 'User ID': id = '' } = await readFirstRow(wide);
      expect(authing.pool.findById(id)).toMatchObject({ username: 'dora', password: 'long enough' });
      await change(wide, 'Change a user (empty fields stay)', { 'User ID': id, Company: 'Hive' });
      await waitForStatus(wide, 'Done: Change a user');
      expect(await readFirstRow(wide)).toMatchObject({ 'User name': 'dora', Company: 'Hive' });
      await change(wide, 'Block a user', { 'User ID': id });
      await waitForStatus(wide, 'Done: Block a user');
      expect(await readFirstRow(wide)).toMatchObject({ Blocked: '✓' });
      await change(wide, 'Delete a user', { 'User ID': id });
      await waitForStatus(wide, 'Done: Delete a user');
      expect(authing.pool.findById(id)).toBeUndefined();
    });

    test('shows a person their profile and changes it, and the password with the present one only', async () => {
      await choose(wide, 'Account', person);
      await lookUp(wide, 'My user', {}, /^1 row/);
      expect(await readFirstRow(wide)).toMatchObject({ 'User name': 'bob', Nickname: 'Bob 🐝' });
      await change(wide, 'Change my profile (empty fields stay)', { Nickname: 'Robert' });
      await waitForStatus(wide, 'Done: Change my profile');
      expect(await readFirstRow(wide)).toMatchObject({ Nickname: 'Robert', Company: 'Bees' });
      const passwords = { 'Present password': 'wrong horse', 'New password': newPassword };
      await change(wide, 'Change my password', passwords);
      expect(await waitForAlert(wide)).toContain('not the right password');
      await change(wide, 'Change my password', { ...passwords, 'Present password': seededPassword });
      await waitForStatus(wide, 'Done: Change my password');
      expect(journey.sandbox.authing.pool.findBy({ username: 'bob' })?.password).toBe(newPassword);
    });
  });

  test('no password, pool secret or token is on the pages, in storage, in the vault, in a console or on the wire', async () => {
    const { authing, requests } = journey.sandbox;
    const secrets = ['wrong horse', seededPassword, newPassword, 'long enough', seededPool.secret];
    const tokens = [...authing.validUserTokens(), ...authing.validAdministratorTokens()];
    expect(tokens.length).toBeGreaterThanOrEqual(3);
    // The pool's secret itself has to be on the wire to be of use, in one query alone.
    const bodies = requests.all.map(({ body }) => body).filter((body) => !body.includes('query accessToken'));
    const values = (page: Page) =>
      page.$$eval('input, textarea', (fields) => fields.map(({ value }) => value).join('\n'));
    const seen = {
      options: (await options.content()) + (await values(options)),
      lookUp: (await wide.content()) + (await values(wide)),
      storage: JSON.stringify(await journey.browser.storageDump()),
      vault: await readVault(wide),
      consoles: journey.browser.consoleLines.join('\n'),
      wire: bodies.join('\n'),
      answers: (await readViewAnswers(options)) + (await readViewAnswers(wide)),
    };
    // That they were looked at at all.
    expect(seen.vault).toContain(seededPool.userPoolId);
    expect(seen.answers).toContain('wrong_password');
    expect(seen.answers).toContain('reader27@bees.example');
    expect(seen.wire).toContain('loginByUsername');
    for (const [where, text] of Object.entries(seen))
      for (const value of [...secrets, ...tokens])
        expect(text.includes(value), `${where} holds ${value.slice(0, 12)}`).toBe(false);
    expect((await readRole(options, 'alert')).join()).toBe('');
  });
});
