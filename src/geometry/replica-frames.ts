/** The replicas of one service stand together on the stage: a frame round them, and how they are stacked where the scenario places them. */
import { replicaNumber, serviceOf } from '../model/replicas';
import type { Box } from './topology';

export interface ReplicaFrame {
  readonly service: string;
  readonly replicas: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Px between the replicas and their frame. */
const PADDING = 11;

export function framesOf(boxes: readonly Box[]): ReplicaFrame[] {
  const services = new Map<string, Box[]>();
  for (const box of boxes) {
    const { id } = box.node;
    if (replicaNumber(id) > 0) services.set(serviceOf(id), [...(services.get(serviceOf(id)) ?? []), box]);
  }
  return [...services].map(([service, replicas]) => {
    const left = Math.min(...replicas.map(({ x }) => x)) - PADDING;
    const top = Math.min(...replicas.map(({ y }) => y)) - PADDING;
    const right = Math.max(...replicas.map(({ x, width }) => x + width)) + PADDING;
    const bottom = Math.max(...replicas.map(({ y, height }) => y + height)) + PADDING;
    return { service, replicas: replicas.length, x: left, y: top, width: right - left, height: bottom - top };
  });
}

/** How many rows below the middle of its service's replicas a component stands; 0 for one that is alone. */
export function replicaShift({ node }: Box, boxes: readonly Box[]): number {
  const number = replicaNumber(node.id);
  if (number === 0) return 0;
  const replicas = boxes.filter((box) => serviceOf(box.node.id) === serviceOf(node.id)).length;
  return number - (replicas + 1) / 2;
}
