import type { ColumnPreprocessing } from './preprocessing';
import { DATE_FORMATS, type Moment, readDate, weekday } from './dates';
import { type Moments, addValue, createMoments, standardDeviation } from './moments';
import type { DateFormat } from '../../protocol/preprocessing';

type DateColumn = Extract<ColumnPreprocessing, { kind: 'date' }>;

export interface DateFitter {
  observe(text: string): void;
  /** Cells that are dates in the format that fits most of them. */
  readonly count: () => number;
  readonly finish: () => Pick<DateColumn, 'format' | 'mean' | 'deviation' | 'parts'> | undefined;
}

/** Eight digits are a date only where the column is called so. */
const NAMES_DATE = /date|day|dt\b|ymd|time/i;
/** Cells after which a format that fitted none is given up. */
const LOOKED_AT = 20;
/** In days: dates closer together tell nothing of the year, or of the week. */
const SHORT_OF_YEAR = 60;
const SHORT_OF_WEEK = 7;

interface Candidate {
  readonly format: DateFormat;
  readonly moments: Moments;
  from: number;
  to: number;
  hasTime: boolean;
  readonly weekdays: Set<number>;
}

/** Gathers the cells of a column that may be dates. */
export function fitDates(name: string): DateFitter {
  let candidates = DATE_FORMATS.filter(format => format !== 'compact' || NAMES_DATE.test(name)).map(
    (format): Candidate => ({
      format,
      moments: createMoments(),
      from: Infinity,
      to: -Infinity,
      hasTime: false,
      weekdays: new Set(),
    }),
  );
  let [seen, dotted] = [0, 0];
  /** 1/2/2024 is the second of January, 1.2.2024 the first of February, unless other cells say that it is not. */
  const best = (): Candidate | undefined => {
    const preferred = dotted > 0 ? 'dmy' : 'mdy';
    return candidates.reduce<Candidate | undefined>((a, b) => {
      const more = b.moments.count - (a?.moments.count ?? -1);
      return more > 0 || (more === 0 && b.format === preferred) ? b : a;
    }, undefined);
  };
  return {
    observe(text) {
      for (const each of candidates) {
        const moment = readDate(text, each.format);
        if (moment) add(each, moment);
      }
      if (/^\d{1,2}\.\d/.test(text)) dotted++;
      if (++seen === LOOKED_AT) candidates = candidates.filter(({ moments }) => moments.count > 0);
    },
    count: () => best()?.moments.count ?? 0,
    finish() {
      const found = best();
      if (!found) return undefined;
      const { format, moments } = found;
      return { format, mean: moments.mean, deviation: standardDeviation(moments), parts: partsOf(found) };
    },
  };
}

function add(candidate: Candidate, moment: Moment): void {
  const { day, time } = moment;
  addValue(candidate.moments, day + time);
  candidate.from = Math.min(candidate.from, day);
  candidate.to = Math.max(candidate.to, day);
  if (time > 0) candidate.hasTime = true;
  candidate.weekdays.add(weekday(day));
}

function partsOf({ from, to, hasTime, weekdays }: Candidate): DateColumn['parts'] {
  return [
    ...(to - from >= SHORT_OF_YEAR ? (['year'] as const) : []),
    ...(to - from >= SHORT_OF_WEEK && weekdays.size > 1 ? (['week'] as const) : []),
    ...(hasTime ? (['day'] as const) : []),
  ];
}
