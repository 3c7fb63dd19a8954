/** Operations that put what they are given side by side: which of so many inputs hold the elements. */
export function unionOf(op: string, count: number): readonly number[] | undefined {
  switch (op) {
    case 'ConcatV2':
      return positions(0, count - 1);
    case 'Concat':
      return positions(1, count);
    case 'Pack':
    case 'Merge':
    case 'RefMerge':
      return positions(0, count);
    case 'TensorListSetItem':
      return [0, 2];
    case 'TensorListPushBack':
      return [0, 1];
    case 'TensorArrayWriteV3':
    case 'TensorArrayScatterV3':
      return [2, 3];
    case 'TensorScatterUpdate':
      return [0, 2];
    case 'TensorListReserve':
    case 'EmptyTensorList':
    case 'TensorArrayV3':
      return [];
    default:
      return undefined;
  }
}

function positions(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
