/** A deploy under way: a rolling update without surplus replicas (Kubernetes' RollingUpdate with `maxSurge` 0). */
import { FaultVerb, type DeployFault } from '../model/faults/fault';
import { RecordKind } from '../model/trace';
import type { Node } from './node';
import type { World } from './world';

export class Rollout {
  private replaced = 0;
  private underWay = 0;

  constructor(
    private readonly world: World,
    private readonly deploy: DeployFault,
    private readonly replicas: readonly Node[],
  ) {}

  /** Replaces as many as may be out of rotation at once; each that is ready again lets the next begin. */
  goOn(): void {
    while (this.underWay < this.deploy.maxUnavailable && this.replaced < this.replicas.length)
      this.replace(this.replicas[this.replaced++]!);
  }

  private replace(replica: Node): void {
    this.underWay++;
    this.record(RecordKind.faultStarted, replica, -1);
    const done = (): void => {
      this.underWay--;
      this.record(RecordKind.faultEnded, replica, 0);
      this.goOn();
    };
    replica.lifecycle!.replace({ handlerFile: this.deploy.code, done });
  }

  private record(kind: RecordKind, { place }: Node, value: number): void {
    const { kernel, recorder } = this.world;
    recorder.record(kernel.now, kind, place, 0, this.deploy.index, FaultVerb.deploy, value);
  }
}
