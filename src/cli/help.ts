/** What `async-lab --help` prints. */
export const HELP = `async-lab: simulate how services communicate, with true numbers

  async-lab run FILE [options]     run a scenario file (JSON)
    --variant NAME                 run this variant of the scenario instead of its base
    --seed N                       seed, 0 to 4294967295; without it the scenario's own
    --seeds A..B                   one run for each seed from A to B, with means and 95 % intervals
    --json                         print JSON instead of a table
    --trace FILE                   write every record of the trace, one JSON object a line (one seed only)
    --max-events N                 stop a run after so many events (default 200000000)
    --engine NAME                  specialised (default) or xstate: the same machines on real XState actors

  async-lab sweep FILE --set PATH=VALUES [options]   run it with each of these values; of several --set, all combinations
    --set PATH=FROM..TO:STEP       a range: --set components.client.arrivals.poisson=1/s..9/s:1/s
    --set PATH=VALUE,VALUE,...     or a list: --set links[0].loss=0,0.01,0.1
    --variant NAME                 put the values into this variant instead of the base
    --seeds A..B                   the same seeds for each; a table of means with their 95 % intervals
    --csv FILE                     also write a row for each run, with all its numbers
    --json                         print JSON instead of a table: { "points": [{ "set", "runs", "mean", "ci95" }] }

  async-lab check [LESSON...]      prove lessons: every starter fails its checks, every solution passes them

  async-lab audit FILE [options]   audit a scenario: functional, performance, fault handling, security
    --variant NAME                 audit this variant instead of the base
    --seeds A..B                   1 to 10 seeds (default 1..3)
    --only NAMES                   some of the audits only: functional,performance,faults,security
    --json                         print JSON instead of text: each finding with its sentence, its numbers, and the
                                   seed, instant, request and change of the scenario (a JSON Merge Patch) that show it

  FILE may be - for standard input. A scenario's handlers are in its "files"; a "files" entry may also be
  read from disk: \`"files": { "greeter.ts": { "path": "greeter.ts" } }\` is relative to the scenario file.

JSON of one run: times in milliseconds (…Ms), rates per second (…PerSecond), shares from 0 to 1.
Of several: { "runs": [...], "mean": {...}, "ci95": {...} }; ci95 holds the half-width of the 95 % interval
(Student's t over the seeds) of each mean, null where there is none. Means of nothing are null.

Exit status: 0 fine; 1 the scenario, its code or the command is bad (the problems are on stderr, each with
its path), or an audit or a lesson fails; 2 an invariant of the simulator itself broke (with the seed that shows it).
`;
