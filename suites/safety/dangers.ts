import { tensorValue } from '../../harness/savedmodel/call/tensor-value.js';
import type { GraphNode, LibraryFunction } from '../../harness/savedmodel/saved-model.js';

/** A body of operations: a function, or the main graph. */
export type Body = Pick<LibraryFunction, 'nodes'>;

type Danger = {
  /** As the end of a sentence that starts with the operation. */
  readonly does: string;
  readonly ops: string;
  /** When an operation of these does no harm. */
  readonly harmless?: (node: GraphNode, body: Body) => boolean;
};

/**
 * Operations that reach out of the process. Derived from the 1,910 operations of TensorFlow 2.21 (`TF_GetAllOpList`): each
 * one that is stateful, takes a string, or has an attribute whose name speaks of a file, path, folder, URL, address, host
 * or command was looked up, and these were kept. Older names of the same operations are among them.
 */
const dangers: readonly Danger[] = [
  {
    does: 'reads files',
    ops: `
      ReadFile WholeFileReader WholeFileReaderV2 TextLineReader TextLineReaderV2 TFRecordReader TFRecordReaderV2
      FixedLengthRecordReader FixedLengthRecordReaderV2 LMDBReader RecordInput ImmutableConst
      Restore RestoreSlice RestoreV2 DTensorRestoreV2 LoadAndRemapMatrix GenerateVocabRemapping
      InitializeTableFromTextFile InitializeTableFromTextFileV2
      TextLineDataset TFRecordDataset TFRecordDatasetV2 FixedLengthRecordDataset FixedLengthRecordDatasetV2
      CSVDataset CSVDatasetV2 ExperimentalCSVDataset SqlDataset ExperimentalSqlDataset LMDBDataset ExperimentalLMDBDataset
      LoadDataset SnapshotDatasetReader SnapshotChunkDataset ListSnapshotChunksDataset
    `,
  },
  {
    does: 'lists files',
    ops: 'MatchingFiles MatchingFilesDataset ExperimentalMatchingFilesDataset',
  },
  {
    does: 'writes files',
    ops: `
      WriteFile Save SaveSlices SaveV2 MergeV2Checkpoints DumpTensor CalibrationStatisticsSaver
      SaveDataset SaveDatasetV2 SnapshotDataset SnapshotDatasetV2 DatasetToTFRecord ExperimentalDatasetToTFRecord
      CreateSummaryFileWriter CreateSummaryDbWriter WriteSummary WriteRawProtoSummary WriteScalarSummary
      WriteHistogramSummary WriteImageSummary WriteAudioSummary WriteGraphSummary ImportEvent
    `,
  },
  {
    does: 'keeps a cache in files',
    ops: 'CacheDataset CacheDatasetV2',
    harmless: ({ inputs: [, filename] }, body) => constantText(filename, body) === '',
  },
  {
    does: 'prints into a file',
    ops: 'PrintV2',
    harmless: (node) => !textOf(node, 'output_stream').startsWith('file:'),
  },
  {
    does: 'reads the file of a vocabulary',
    ops: 'FixedUnigramCandidateSampler',
    harmless: (node) => textOf(node, 'vocab_file') === '',
  },
  {
    does: 'reads the file of a message type',
    ops: 'DecodeProtoV2 EncodeProto',
    harmless: (node) => /^(local:\/\/|bytes:\/\/|$)/.test(textOf(node, 'descriptor_source')),
  },
  { does: 'changes how files are accessed', ops: 'FileSystemSetConfiguration' },
  {
    does: 'sends tensors to an address',
    ops: 'DebugIdentity DebugIdentityV2 DebugIdentityV3 DebugNanCount DebugNumericSummary',
    harmless: ({ attributes }) => {
      const urls = attributes.get('debug_urls');
      return urls?.kind !== 'list' || urls.items.length === 0;
    },
  },
  {
    does: 'uses the network',
    ops: `
      RpcServer RpcServerRegister RpcServerStart RpcClient RpcCall RpcCheckStatus RpcGetValue
      DataServiceDataset DataServiceDatasetV2 DataServiceDatasetV3 DataServiceDatasetV4 RegisterDataset RegisterDatasetV2
      DistributedSave RemoteCall Send Recv _Send _Recv _HostSend _HostRecv
    `,
  },
  {
    does: 'works together with other processes',
    ops: `
      CollectiveReduce CollectiveReduceV2 CollectiveReduceV3 CollectiveReduceScatterV2 CollectiveGather CollectiveGatherV2
      CollectiveBcastSend CollectiveBcastSendV2 CollectiveBcastRecv CollectiveBcastRecvV2 CollectiveAllToAllV2
      CollectiveAllToAllV3 CollectivePermute CollectiveAssignGroupV2 CollectiveInitializeCommunicator
      ConfigureDistributedTPU ConfigureAndInitializeGlobalTPU ConfigureTPUEmbeddingHost ConnectTPUEmbeddingHosts
      ShutdownDistributedTPU ShutdownTPUSystem WorkerHeartbeat
    `,
  },
  { does: 'ends the process', ops: 'Abort' },
  { does: 'runs Python', ops: 'PyFunc PyFuncStateless EagerPyFunc' },
  {
    does: 'runs a graph that is hidden in a string',
    ops: 'DatasetFromGraph DeserializeIterator',
  },
];

/** What an operation does outside the process, as the end of a sentence; undefined when it stays inside. */
export function dangerOf(node: GraphNode, body: Body): string | undefined {
  const danger = byOp.get(node.op);
  return danger === undefined || danger.harmless?.(node, body) ? undefined : danger.does;
}

const byOp: ReadonlyMap<string, Danger> = new Map(
  dangers.flatMap((danger) => (danger.ops.match(/\w+/g) ?? []).map((op) => [op, danger])),
);

function textOf({ attributes }: GraphNode, name: string): string {
  const value = attributes.get(name);
  return value?.kind === 'string' ? value.value : '';
}

/** The text that an input holds, where it is a constant of the same body. */
function constantText(input: string | undefined, { nodes }: Body): string | undefined {
  const name = input?.split(':')[0];
  const value = nodes.find((node) => node.name === name && node.op === 'Const')?.attributes.get('value');
  const tensor = value?.kind === 'tensor' ? tensorValue(value.bytes) : undefined;
  const [text] = tensor?.input.kind === 'value' ? tensor.input.values : [];
  return typeof text === 'string' ? text : undefined;
}
