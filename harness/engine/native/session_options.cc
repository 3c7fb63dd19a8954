// The options of every session that tfjs-node's addon makes: the compiler flag in harness/engine/runtime/compile.ts has it
// ask here. Docs: docs/decisions/0028-graphs-as-written.md.
#include <cstddef>

#include "tensorflow/c/c_api.h"

namespace {

// A ConfigProto: graph_options (10) { rewrite_options (10) { disable_meta_optimizer (19): true } }.
constexpr unsigned char kGraphAsWritten[] = {0x52, 0x05, 0x52, 0x03, 0x98, 0x01, 0x01};

}  // namespace

// Runs the graph as it was written. TensorFlow still optimizes each function that it calls, as it does in Python.
extern "C" TF_SessionOptions* assay_session_options() {
  TF_SessionOptions* options = TF_NewSessionOptions();
  TF_Status* status = TF_NewStatus();
  TF_SetConfig(options, kGraphAsWritten, sizeof kGraphAsWritten, status);
  // A TensorFlow that does not know the option optimizes the graph too, which takes longer and changes nothing else.
  TF_DeleteStatus(status);
  return options;
}
