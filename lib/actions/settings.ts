/** What the person chose in Options, and drafts of unfinished input. Nothing secret. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';

export const settings = z.object({
  /** Seconds during which a vote can be taken back before it leaves: 0, 3, 5 or 10. */
  undoSecondsPopup: z.number(),
  undoSecondsPage: z.number(),
  /** Hosts on which the page buttons are switched off. */
  sitesOff: z.array(z.string()),
  /** What becomes of a scheduled vote or tweet whose time passed while the browser was closed or Latchkey locked. */
  missed: z.enum(['send', 'skip', 'ask']),
  /** Below this much voting power, in percent, votes wait that Latchkey would send by itself; 0 for no limit. */
  manaFloorPercent: z.number(),
});
export type Settings = z.output<typeof settings>;

export const getSettingsInput = z.object({});
export const getSettingsOutput = z.object({
  settings,
  /** All hosts that have page buttons. */ sites: z.array(z.string()),
});
export const getSettings = defineAction({
  id: 'settings.get',
  title: 'Read the settings',
  senders: ['popup', 'options', 'internal'],
  input: getSettingsInput,
  output: getSettingsOutput,
  run: async (context) => context.settings.view(),
});

export const saveSettingsInput = z.partial(settings);
export const saveSettings = defineAction({
  id: 'settings.save',
  title: 'Change some settings',
  senders: ['options', 'internal'],
  input: saveSettingsInput,
  output: z.object({ settings }),
  run: async (context, changes) => ({ settings: await context.settings.save(changes) }),
});

export const readDraft = defineAction({
  id: 'draft.read',
  title: 'What was typed before the view closed',
  senders: ['popup', 'options'],
  input: z.object({ form: z.string() }),
  output: z.object({ fields: z.optional(z.record(z.string(), z.string())) }),
  run: async ({ drafts }, { form }) => ({ fields: await drafts.read(form) }),
});

export const saveDraft = defineAction({
  id: 'draft.save',
  title: 'Keep what is being typed, until the browser closes',
  senders: ['popup', 'options'],
  input: z.object({ form: z.string(), fields: z.record(z.string(), z.string()) }),
  output: z.object({}),
  run: async ({ drafts }, { form, fields }) => {
    await drafts.save(form, fields);
    return {};
  },
});
