import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A Slurm of one node, on this machine. */
export interface Cluster {
  /** For commands that are to find it. */
  readonly env: NodeJS.ProcessEnv;
  readonly call: (command: string, ...args: string[]) => string;
  readonly end: () => Promise<void>;
}

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scancel', 'scontrol'];
const KEY = '/etc/munge/munge.key';

/** Why there can be no cluster here; nothing where there can. */
export function clusterMissing(): string | undefined {
  if (process.getuid?.() !== 0) return 'it takes root to start slurmd';
  const missing = PROGRAMS.filter(name => spawnSync('which', [name]).status !== 0);
  if (missing.length > 0)
    return `${missing.join(', ')} not installed (slurmctld, slurmd, slurm-client, munge)`;
  return existsSync(KEY) ? undefined : `no ${KEY}`;
}

/** Starts the three daemons, with all that they keep in one folder, and waits until the node is idle. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-slurm-'));
  chmodSync(folder, 0o755);
  for (const name of ['run', 'state', 'spool', 'log']) mkdirSync(path.join(folder, name), { mode: 0o755 });
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'munge'], { encoding: 'utf8' }).stdout);
  for (const name of ['run', 'log']) chownSync(path.join(folder, name), id('-u'), id('-g'));
  const socket = path.join(folder, 'run/munge.sock');
  const port = 20_000 + (process.pid % 20_000);
  const file = path.join(folder, 'slurm.conf');
  writeFileSync(
    file,
    [
      'ClusterName=test',
      `SlurmctldHost=${hostname()}(127.0.0.1)`,
      'SlurmUser=root',
      'SlurmdUser=root',
      'AuthType=auth/munge',
      `AuthInfo=socket=${socket}`,
      `StateSaveLocation=${folder}/state`,
      `SlurmdSpoolDir=${folder}/spool`,
      `SlurmctldPidFile=${folder}/slurmctld.pid`,
      `SlurmdPidFile=${folder}/slurmd.pid`,
      `SlurmctldPort=${port}`,
      `SlurmdPort=${port + 1}`,
      'ProctrackType=proctrack/linuxproc',
      'TaskPlugin=task/none',
      'JobAcctGatherType=jobacct_gather/none',
      'AccountingStorageType=accounting_storage/none',
      'SelectType=select/cons_tres',
      'SelectTypeParameters=CR_Core',
      'MpiDefault=none',
      'ReturnToService=2',
      'KillWait=2',
      'MinJobAge=2',
      'SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0',
      `NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN`,
      'PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
      '',
    ].join('\n'),
  );
  const env = { ...process.env, SLURM_CONF: file };
  const children: ChildProcess[] = [];
  const daemon = (command: string, args: readonly string[], user?: { uid: number; gid: number }): void => {
    const child = spawn(command, args, { env, stdio: 'ignore', ...user });
    children.push(child);
  };
  const call = (command: string, ...args: string[]): string => {
    const { stdout, stderr, status } = spawnSync(command, args, { env, encoding: 'utf8', timeout: 20_000 });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  daemon(
    'munged',
    [
      '--foreground',
      '--force',
      `--socket=${socket}`,
      `--key-file=${KEY}`,
      `--pid-file=${folder}/run/munged.pid`,
      `--log-file=${folder}/log/munged.log`,
      `--seed-file=${folder}/log/munged.seed`,
    ],
    { uid: id('-u'), gid: id('-g') },
  );
  await until(() => existsSync(socket));
  daemon('slurmctld', ['-D']);
  daemon('slurmd', ['-D', '-N', hostname()]);
  const end = async (): Promise<void> => {
    spawnSync('scancel', ['--signal=KILL', '--user=root'], { env });
    await wait(500);
    for (const child of children.reverse()) {
      child.kill('SIGTERM');
      await Promise.race([new Promise(resolve => child.once('exit', resolve)), wait(3000)]);
      child.kill('SIGKILL');
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until(() =>
      /^idle/m.test(spawnSync('sinfo', ['-h', '-o', '%t'], { env, encoding: 'utf8' }).stdout),
    );
  } catch (error) {
    await end();
    throw error;
  }
  return { env, call, end };
}

/** Waits for what is to come true. */
export async function until(isTrue: () => boolean, milliseconds = 30_000): Promise<void> {
  for (const stop = Date.now() + milliseconds; !isTrue();) {
    if (Date.now() > stop) throw new Error(`It did not come true in ${milliseconds} ms: ${String(isTrue)}`);
    await wait(100);
  }
}
