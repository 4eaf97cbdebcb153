/**
 * Every page of the console, in the order of the top bar; a new page has its entry here and nowhere
 * else in the console. Pure data: what is on a page is loaded when it is opened.
 */
import type { Component } from 'svelte';
import type { Role } from './api/types';
import type { MessageKey } from './i18n';

/** Keys that belong to one page alone and are handled there; here so that the help lists them. */
export interface PageKeys {
  keys: readonly string[];
  label: MessageKey;
}

/** Pages that belong together; where somebody has many, one button of the top bar shows them. */
export const GROUPS = {
  work: 'nav.group.work',
  others: 'nav.group.others',
  figures: 'nav.group.figures',
} as const satisfies Record<string, MessageKey>;
export type PageGroup = keyof typeof GROUPS;

export interface PageEntry {
  path: `/${string}`;
  /** Who may open it; the server refuses what a role may not read anyway. */
  roles: readonly Role[];
  /** What it is called and the words of the command line that open it; left out: no link leads there. */
  called?: { label: MessageKey; words: readonly string[] };
  keys?: readonly PageKeys[];
  group?: PageGroup;
  load: () => Promise<{ default: Component }>;
}

const room = () => import('./views/room/Room.svelte');

const ENTRIES = [
  {
    path: '/calls',
    roles: ['call_taker', 'dispatcher', 'supervisor'],
    called: { label: 'op.go_calls', words: ['CALLS', '报警', '接警'] },
    load: room,
  },
  {
    path: '/dispatch',
    roles: ['call_taker', 'dispatcher', 'supervisor'],
    called: { label: 'op.go_dispatch', words: ['ROOM', '调度'] },
    keys: [{ keys: ['1 … 9'], label: 'closing.key' }],
    load: room,
  },
  {
    path: '/supervise',
    roles: ['supervisor'],
    called: { label: 'op.go_supervise', words: ['SUP', '督导'] },
    load: () => import('./views/supervise/Supervise.svelte'),
  },
  {
    path: '/loop',
    roles: ['dispatcher', 'supervisor', 'auditor'],
    group: 'work',
    called: { label: 'op.go_loop', words: ['LOOP', '流程'] },
    load: () => import('./loops/LoopPage.svelte'),
  },
  {
    path: '/clocks',
    roles: ['dispatcher', 'supervisor', 'auditor'],
    group: 'work',
    called: { label: 'op.go_clocks', words: ['CLOCKS', '时限'] },
    load: () => import('./loops/ClocksPage.svelte'),
  },
  {
    path: '/bulletin',
    roles: ['supervisor', 'auditor'],
    group: 'figures',
    called: { label: 'op.go_bulletin', words: ['BULLETIN', '周报'] },
    load: () => import('./bulletin/BulletinPage.svelte'),
  },
  {
    path: '/stages',
    roles: ['supervisor', 'auditor'],
    group: 'figures',
    called: { label: 'op.go_stages', words: ['TREND', '阶段统计'] },
    load: () => import('./bulletin/StagesPage.svelte'),
  },
  {
    path: '/tasks',
    roles: ['dispatcher', 'supervisor', 'station_command', 'station_officer'],
    group: 'work',
    called: { label: 'op.go_tasks', words: ['TASKS', '任务列表'] },
    load: () => import('./tasks/TasksPage.svelte'),
  },
  {
    path: '/matters',
    roles: ['dispatcher', 'supervisor', 'station_command', 'station_officer'],
    group: 'work',
    called: { label: 'op.go_matters', words: ['DISPUTES', '矛盾纠纷'] },
    load: () => import('./matters/MattersPage.svelte'),
  },
  {
    path: '/places',
    roles: ['dispatcher', 'supervisor', 'station_command'],
    group: 'work',
    called: { label: 'op.go_places', words: ['PLACES', '重复报警地点'] },
    load: () => import('./places/PlacesPage.svelte'),
  },
  {
    path: '/station',
    roles: ['station_command', 'supervisor'],
    group: 'work',
    called: { label: 'op.go_station', words: ['STATION', '派出所'] },
    load: () => import('./tasks/StationPage.svelte'),
  },
  {
    path: '/desk',
    roles: ['desk_specialist'],
    called: { label: 'op.go_desk', words: ['DESK', '本岗位'] },
    load: () => import('./desks/DeskPage.svelte'),
  },
  {
    path: '/desks',
    roles: ['dispatcher', 'supervisor', 'station_command'],
    group: 'others',
    called: { label: 'op.go_desks', words: ['DESKS', '合成岗位'] },
    load: () => import('./desks/DesksPage.svelte'),
  },
  {
    path: '/joint',
    roles: ['dispatcher', 'supervisor', 'station_command', 'station_officer', 'desk_specialist'],
    group: 'others',
    called: { label: 'op.go_joint', words: ['JOINTS', '联合行动'] },
    load: () => import('./joint/JointPage.svelte'),
  },
  {
    path: '/watch',
    roles: ['supervisor', 'auditor', 'station_command'],
    group: 'work',
    called: { label: 'op.go_watch', words: ['WATCH', '督办总览', '总览'] },
    load: () => import('./watch/WatchPage.svelte'),
  },
  {
    path: '/orders',
    roles: ['dispatcher', 'supervisor', 'station_command', 'station_officer'],
    group: 'work',
    called: { label: 'op.go_orders', words: ['ORDERS', '督办单'] },
    load: () => import('./orders/OrdersPage.svelte'),
  },
  {
    path: '/referrals',
    roles: ['dispatcher', 'supervisor', 'station_command'],
    group: 'others',
    called: { label: 'op.go_referrals', words: ['REFERRALS', '转办列表'] },
    load: () => import('./referrals/ReferralsPage.svelte'),
  },
  {
    path: '/agreements',
    roles: ['dispatcher', 'supervisor', 'station_command', 'auditor'],
    group: 'others',
    called: { label: 'op.go_agreements', words: ['AGREEMENTS', '联动协议'] },
    load: () => import('./referrals/AgreementsPage.svelte'),
  },
  {
    path: '/partner',
    roles: ['partner'],
    called: { label: 'partner.title', words: ['PARTNER', '联动单位'] },
    load: () => import('./referrals/PartnerPage.svelte'),
    keys: [
      { keys: ['↑', '↓'], label: 'partner.key.choose' },
      { keys: ['A'], label: 'op.referral_accept' },
      { keys: ['E'], label: 'op.referral_refuse' },
      { keys: ['G'], label: 'op.referral_start' },
      { keys: ['D'], label: 'op.referral_finish' },
    ],
  },
  {
    path: '/handover',
    roles: ['dispatcher', 'supervisor'],
    called: { label: 'op.go_handover', words: ['HO', '交接'] },
    load: () => import('./views/handover/Handover.svelte'),
  },
  {
    path: '/notices',
    roles: ['call_taker', 'dispatcher', 'supervisor'],
    called: { label: 'op.go_notices', words: ['NOTICES', '通知'] },
    load: () => import('./notices/NoticesPage.svelte'),
  },
  {
    path: '/callbacks',
    roles: ['call_taker', 'dispatcher', 'supervisor'],
    group: 'work',
    called: { label: 'op.go_callbacks', words: ['CALLBACKS', '回访列表'] },
    load: () => import('./callbacks/CallBacksPage.svelte'),
  },
  {
    path: '/ratings',
    roles: ['supervisor', 'auditor'],
    group: 'figures',
    called: { label: 'op.go_ratings', words: ['RATINGS', '评价统计'] },
    load: () => import('./callbacks/RatingsPage.svelte'),
  },
  {
    path: '/audit',
    roles: ['auditor'],
    called: { label: 'op.go_audit', words: ['AUDIT', '审计'] },
    load: () => import('./views/audit/Audit.svelte'),
  },
  {
    path: '/practice',
    roles: ['trainer', 'call_taker', 'dispatcher', 'supervisor'],
    called: { label: 'op.go_practice', words: ['DEBRIEF', '讲评'] },
    load: () => import('./views/practice/Practice.svelte'),
  },
  {
    path: '/plan',
    roles: ['planner'],
    called: { label: 'op.go_plan', words: ['PLAN', '方案', '规划'] },
    load: () => import('./views/plan/PlanPage.svelte'),
    keys: [
      { keys: ['Ctrl+S'], label: 'plan.key.save' },
      { keys: ['Ctrl+Z'], label: 'plan.key.undo' },
      { keys: ['Esc'], label: 'plan.key.leave' },
      { keys: ['←', '→'], label: 'plan.key.tabs' },
      { keys: ['←', '→'], label: 'plan.key.step' },
      { keys: ['PgUp', 'PgDn'], label: 'plan.key.leap' },
      { keys: ['Home', 'End'], label: 'plan.key.ends' },
    ],
  },
  {
    path: '/field',
    roles: ['field_officer'],
    load: () => import('./views/field/FieldPage.svelte'),
  },
] as const satisfies readonly PageEntry[];

export const SIGN_IN = '/sign-in';
/** The path of a page that is behind the sign-in. */
export type Place = (typeof ENTRIES)[number]['path'];
export type Page = Place | typeof SIGN_IN;

export const PAGES: readonly (PageEntry & { path: Place })[] = ENTRIES;

export function entryOf(page: Page): (PageEntry & { path: Place }) | undefined {
  return PAGES.find(({ path }) => path === page);
}
