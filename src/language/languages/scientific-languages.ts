import {
  CHARACTER_APART,
  C_BLOCK,
  LONG_PLAIN_SINGLE,
  LONG_PLAIN_STRING,
  LONG_SINGLE,
  LONG_STRING,
  PLAIN_SINGLE,
  PLAIN_STRING,
  RAW_BACKTICK,
  type Syntax,
  TEXT_BLOCK,
} from './syntax-definition';
import { entryOf } from '../../common/named-entries';

/** R's raw strings: `r"---( … )---"`. */
function closeRawR(open: string): string {
  const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
  const bracket = open.slice(-1);
  return `${entryOf(brackets, bracket) ?? bracket}${open.slice(2, -1)}${open.charAt(1)}`;
}

/** Languages of numbers, data and hardware. */
export const SCIENTIFIC: readonly Syntax[] = [
  {
    ids: ['r'],
    files: ['.r', '.R', '.Rprofile'],
    line: ['#'],
    strings: [
      { open: '[rR]"-{0,8}[([{]', close: closeRawR, lines: 'many' },
      { open: "[rR]'-{0,8}[([{]", close: closeRawR, lines: 'many' },
      LONG_STRING,
      LONG_SINGLE,
      { open: '`', lines: 'one' },
    ],
  },
  {
    ids: ['julia'],
    files: ['.jl'],
    line: ['#(?!=)'],
    block: [{ open: '#=', close: '=#', nested: true }],
    strings: [{ ...TEXT_BLOCK, docstring: true }, LONG_STRING, RAW_BACKTICK],
    atoms: [CHARACTER_APART],
    brackets: { statement: /^(?:function|module|struct|mutable\s+struct)\s/ },
  },
  {
    ids: ['matlab', 'octave'],
    files: ['.mlx', '.octave'],
    line: ['%', '#(?=\\s)'],
    block: [{ open: '^\\s*[%#]\\{\\s*$', close: '%}' }],
    strings: [{ open: "(?<![\\w)\\]}'.])'", close: "'", lines: 'one', doubled: true }, PLAIN_STRING],
  },
  {
    ids: ['fortran', 'FortranFreeForm', 'fortran-modern'],
    files: ['.f90', '.f95', '.f03', '.f08'],
    line: ['!'],
    strings: [PLAIN_STRING, PLAIN_SINGLE],
  },
  {
    ids: ['FortranFixedForm', 'fortran_fixed-form'],
    files: ['.f', '.for', '.f77'],
    line: ['^[cC*]', '!'],
    strings: [PLAIN_STRING, PLAIN_SINGLE],
  },
  {
    ids: ['sql', 'mysql', 'postgres', 'plsql', 'hql', 'bigquery'],
    files: ['.sql', '.ddl', '.psql', '.hql'],
    line: ['--'],
    block: [C_BLOCK],
    strings: [LONG_PLAIN_SINGLE, LONG_PLAIN_STRING, { open: '\\$\\w*\\$', lines: 'many' }],
  },
  {
    ids: ['ada', 'vhdl'],
    files: ['.adb', '.ads', '.vhd', '.vhdl'],
    line: ['--'],
    strings: [PLAIN_STRING],
    atoms: [CHARACTER_APART],
  },
  {
    ids: ['pascal', 'objectpascal'],
    files: ['.pas', '.pp', '.dpr'],
    line: ['//'],
    block: [
      { open: '\\{', close: '}' },
      { open: '\\(\\*', close: '*)' },
    ],
    strings: [PLAIN_SINGLE],
  },
  {
    ids: ['vb', 'vba'],
    files: ['.vb', '.bas', '.vbs'],
    line: ["'", '^\\s*rem\\b'],
    strings: [PLAIN_STRING],
    ignoreCase: true,
  },
  {
    ids: ['postscript', 'asm-intel-x86-generic', 'nasm', 'asm', 'llvm'],
    files: ['.asm', '.nasm', '.s', '.ll'],
    line: [';'],
    strings: [PLAIN_STRING],
  },
];
