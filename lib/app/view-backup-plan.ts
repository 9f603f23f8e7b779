/** What a backup would bring, in words and numbers; no secret is among them. */
import { listAddresses } from '../accounts/registrations.ts';
import type { BackupPreview } from '../actions/backup.ts';
import { backupKinds, type BackupKind } from '../actions/backup.ts';
import type { BackupContent } from '../backup/content.ts';
import { comparedKinds, type ComparedKind, type Plan } from '../backup/plan/make-plan.ts';
import type { Difference, Planned, PlanState } from '../backup/plan/planned.ts';
import type { Ports, Translate } from '../ports.ts';
import { findProvider } from '../providers/index.ts';

/** More than this nobody reads; all of a kind can still be taken at once. */
const mostShown = 100;
/** An address or a list can be as long as it likes. */
const longestText = 200;

const unshown = { secret: 'backup_secret', unreadable: 'backup_unreadable' } as const;

type KindView = BackupPreview['kinds'][number];

function showValue(value: Difference['mine'], translate: Translate): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'object') return String(value).slice(0, longestText);
  if (value.kind === 'worded') return translate(value.key, value.values);
  if (value.kind !== 'moment') return translate(unshown[value.kind]);
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(translate('language_tag'), style).format(value.at);
}

function viewKind(kind: ComparedKind, planned: readonly Planned<unknown>[], translate: Translate): KindView {
  const count = (state: PlanState) => planned.filter((one) => one.state === state).length;
  const name = (label: string) => (kind === 'settings' ? translate('backup_kind_settings') : label);
  return {
    kind,
    added: count('new'),
    same: count('same'),
    different: count('different'),
    refused: count('refused'),
    items: planned
      .filter(({ state }) => state === 'different')
      .slice(0, mostShown)
      .map(({ key, label, differences, ends, misses }) => ({
        key,
        ...(ends !== undefined && { ends }),
        ...(misses !== undefined && { misses }),
        label: name(label),
        differences: differences.map(({ title, mine, theirs }) => ({
          // A choice without a title of its own has its name.
          title: translate(title),
          mine: showValue(mine, translate),
          theirs: showValue(theirs, translate),
        })),
      })),
    refusals: planned
      .filter(({ state }) => state === 'refused')
      .slice(0, mostShown)
      .map(({ label }) => name(label)),
  };
}

function viewJournal({ added, same }: Plan['journal']): KindView {
  return {
    kind: 'journal',
    added: added.length,
    same,
    different: 0,
    refused: 0,
    items: [],
    refusals: [],
  };
}

/** Accounts that are new here and come without their sign-in. */
function countUnsigned({ accounts, signIns }: Plan): number {
  const signed = new Set(signIns.map(({ key }) => key));
  return accounts.filter(({ state, key }) => state === 'new' && !signed.has(key)).length;
}

/** Whoever made the file may have put a server of their own where a service of a known name is looked for. */
function listElsewhere({ services }: Plan): string[] {
  return services.flatMap(({ state, label, value }) => {
    const provider = findProvider(value?.provider ?? '');
    if (state !== 'new' || value === undefined || provider === undefined) return [];
    const { auth, api } = provider.bases;
    const own = [...new Set([value.authBase, value.apiBase])].filter((base) => base !== auth && base !== api);
    return own.length === 0 ? [] : [`${label}: ${own.join(', ').slice(0, longestText)}`];
  });
}

/** Hosts of what would be new or other than it is, that the browser has not allowed yet. */
async function listHosts({ services }: Plan, permissions: Ports['permissions']): Promise<string[]> {
  const addresses = services.flatMap(({ state, value }) => {
    const provider = findProvider(value?.provider ?? '');
    if (value === undefined || provider === undefined || state === 'same') return [];
    const { clientId, authBase, apiBase, settings } = value;
    return listAddresses({ provider, clientId, bases: { auth: authBase, api: apiBase }, settings });
  });
  const missing: string[] = [];
  for (const address of new Set(addresses)) {
    const { protocol, hostname } = new URL(address);
    if (!(await permissions.mayReach(address))) missing.push(`${protocol}//${hostname}/*`);
  }
  return [...new Set(missing)];
}

export async function viewBackupPlan(
  { translate, permissions }: Pick<Ports, 'translate' | 'permissions'>,
  plan: Plan,
  { madeAt }: Pick<BackupContent, 'madeAt'>,
): Promise<BackupPreview> {
  const views = new Map<BackupKind, KindView>([
    ...comparedKinds.map((kind) => [kind, viewKind(kind, plan[kind], translate)] as const),
    ['journal', viewJournal(plan.journal)],
  ]);
  return {
    madeAt,
    kinds: backupKinds.flatMap((kind) => views.get(kind) ?? []),
    elsewhere: listElsewhere(plan),
    unsigned: countUnsigned(plan),
    hosts: await listHosts(plan, permissions),
  };
}
