// What model-assay needs of TensorFlow's C library beside tfjs-node's addon: gradients as nodes of a graph, and whether it
// accepts functions. Only N-API and TensorFlow's C API are used, so that one build serves every version.
#include <node_api.h>

#include <memory>
#include <string>
#include <vector>

// The part of tensorflow/c/c_api.h that is used here: the C API never changes, and a runtime needs no headers this way.
extern "C" {
struct TF_Status;
struct TF_Graph;
struct TF_Operation;
struct TF_ImportGraphDefOptions;
struct TF_Buffer {
  const void* data;
  size_t length;
  void (*data_deallocator)(void* data, size_t length);
};
struct TF_Output {
  TF_Operation* oper;
  int index;
};
TF_Status* TF_NewStatus(void);
void TF_DeleteStatus(TF_Status*);
int TF_GetCode(const TF_Status*);
const char* TF_Message(const TF_Status*);
TF_Buffer* TF_NewBuffer(void);
TF_Buffer* TF_NewBufferFromString(const void* proto, size_t length);
void TF_DeleteBuffer(TF_Buffer*);
TF_Graph* TF_NewGraph(void);
void TF_DeleteGraph(TF_Graph*);
TF_Operation* TF_GraphOperationByName(TF_Graph*, const char* name);
const char* TF_OperationName(TF_Operation*);
int TF_OperationNumOutputs(TF_Operation*);
TF_ImportGraphDefOptions* TF_NewImportGraphDefOptions(void);
void TF_DeleteImportGraphDefOptions(TF_ImportGraphDefOptions*);
void TF_ImportGraphDefOptionsSetPrefix(TF_ImportGraphDefOptions*, const char* prefix);
void TF_ImportGraphDefOptionsSetValidateColocationConstraints(TF_ImportGraphDefOptions*, unsigned char enable);
void TF_GraphImportGraphDef(TF_Graph*, const TF_Buffer* graph_def, const TF_ImportGraphDefOptions*, TF_Status*);
void TF_GraphToGraphDef(TF_Graph*, TF_Buffer* graph_def, TF_Status*);
void TF_AddGradientsWithPrefix(TF_Graph*, const char* prefix, TF_Output* y, int ny, TF_Output* x, int nx, TF_Output* dx,
                               TF_Status*, TF_Output* dy);
}

namespace {

struct Failure {
  std::string message;
};

// A status that throws what TensorFlow says.
class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(status_); }
  TF_Status* get() const { return status_; }
  void Check() const {
    if (TF_GetCode(status_) != 0) throw Failure{TF_Message(status_)};
  }

 private:
  TF_Status* status_;
};

using Graph = std::unique_ptr<TF_Graph, decltype(&TF_DeleteGraph)>;
using Buffer = std::unique_ptr<TF_Buffer, decltype(&TF_DeleteBuffer)>;
using ImportOptions = std::unique_ptr<TF_ImportGraphDefOptions, decltype(&TF_DeleteImportGraphDefOptions)>;

void Check(napi_status status, const char* what) {
  if (status != napi_ok) throw Failure{std::string("The arguments of the addon are wrong: ") + what};
}

std::string StringOf(napi_env env, napi_value value) {
  size_t length = 0;
  Check(napi_get_value_string_utf8(env, value, nullptr, 0, &length), "a string was expected");
  std::string text(length, '\0');
  Check(napi_get_value_string_utf8(env, value, &text[0], length + 1, &length), "a string was expected");
  return text;
}

std::vector<std::string> StringsOf(napi_env env, napi_value list) {
  uint32_t length = 0;
  Check(napi_get_array_length(env, list, &length), "a list was expected");
  std::vector<std::string> texts;
  for (uint32_t index = 0; index < length; index++) {
    napi_value item;
    Check(napi_get_element(env, list, index, &item), "a list was expected");
    texts.push_back(StringOf(env, item));
  }
  return texts;
}

napi_value BytesOf(napi_env env, const TF_Buffer& buffer) {
  napi_value bytes;
  Check(napi_create_buffer_copy(env, buffer.length, buffer.data, nullptr, &bytes), "no memory for the result");
  return bytes;
}

// `name:2`, or `name` for its first output.
TF_Output OutputOf(TF_Graph* graph, const std::string& reference) {
  const size_t colon = reference.rfind(':');
  const std::string name = reference.substr(0, colon);
  TF_Operation* operation = TF_GraphOperationByName(graph, name.c_str());
  if (operation == nullptr) throw Failure{"The graph has no operation " + name};
  const int index = colon == std::string::npos ? 0 : std::stoi(reference.substr(colon + 1));
  if (index >= TF_OperationNumOutputs(operation)) throw Failure{"The operation has no such output: " + reference};
  return {operation, index};
}

std::vector<TF_Output> OutputsOf(TF_Graph* graph, const std::vector<std::string>& references) {
  std::vector<TF_Output> outputs;
  for (const std::string& reference : references) outputs.push_back(OutputOf(graph, reference));
  return outputs;
}

Graph Imported(void* bytes, size_t length) {
  Graph graph(TF_NewGraph(), TF_DeleteGraph);
  Buffer definition(TF_NewBufferFromString(bytes, length), TF_DeleteBuffer);
  ImportOptions options(TF_NewImportGraphDefOptions(), TF_DeleteImportGraphDefOptions);
  Status status;
  TF_GraphImportGraphDef(graph.get(), definition.get(), options.get(), status.get());
  status.Check();
  return graph;
}

// addGradients(graphDef, ys, dys, xs, prefix) → { graph, gradients }: the graph with the nodes that compute the sum over
// all ys of dy · dy/dx, and for each x where that is; null where no y depends on it.
napi_value AddGradients(napi_env env, size_t count, napi_value* given) {
  if (count != 5) throw Failure{"The arguments of the addon are wrong: there must be five"};
  void* bytes = nullptr;
  size_t length = 0;
  Check(napi_get_buffer_info(env, given[0], &bytes, &length), "a Buffer was expected");
  Graph graph = Imported(bytes, length);
  std::vector<TF_Output> ys = OutputsOf(graph.get(), StringsOf(env, given[1]));
  std::vector<TF_Output> dys = OutputsOf(graph.get(), StringsOf(env, given[2]));
  std::vector<TF_Output> xs = OutputsOf(graph.get(), StringsOf(env, given[3]));
  if (ys.size() != dys.size()) throw Failure{"There must be one dy for each y"};
  std::vector<TF_Output> found(xs.size());
  Status status;
  TF_AddGradientsWithPrefix(graph.get(), StringOf(env, given[4]).c_str(), ys.data(), static_cast<int>(ys.size()),
                            xs.data(), static_cast<int>(xs.size()), dys.data(), status.get(), found.data());
  status.Check();
  Buffer definition(TF_NewBuffer(), TF_DeleteBuffer);
  TF_GraphToGraphDef(graph.get(), definition.get(), status.get());
  status.Check();
  napi_value result, gradients;
  Check(napi_create_object(env, &result), "no memory for the result");
  Check(napi_create_array_with_length(env, found.size(), &gradients), "no memory for the result");
  for (size_t index = 0; index < found.size(); index++) {
    napi_value name;
    if (found[index].oper == nullptr) {
      Check(napi_get_null(env, &name), "no memory for the result");
    } else {
      const std::string reference =
          std::string(TF_OperationName(found[index].oper)) + ":" + std::to_string(found[index].index);
      Check(napi_create_string_utf8(env, reference.c_str(), reference.size(), &name), "no memory for the result");
    }
    Check(napi_set_element(env, gradients, static_cast<uint32_t>(index), name), "no memory for the result");
  }
  Check(napi_set_named_property(env, result, "graph", BytesOf(env, *definition)), "no memory for the result");
  Check(napi_set_named_property(env, result, "gradients", gradients), "no memory for the result");
  return result;
}

// importFunctions(library, graphs) → for each graph, why TensorFlow refuses it, or null. The library is that of all graphs.
napi_value ImportFunctions(napi_env env, size_t count, napi_value* given) {
  if (count != 2) throw Failure{"The arguments of the addon are wrong: there must be two"};
  void* bytes = nullptr;
  size_t length = 0;
  Check(napi_get_buffer_info(env, given[0], &bytes, &length), "a Buffer was expected");
  Graph graph = Imported(bytes, length);
  uint32_t graphs = 0;
  Check(napi_get_array_length(env, given[1], &graphs), "a list was expected");
  napi_value refusals;
  Check(napi_create_array_with_length(env, graphs, &refusals), "no memory for the result");
  for (uint32_t index = 0; index < graphs; index++) {
    napi_value item, refusal;
    Check(napi_get_element(env, given[1], index, &item), "a list was expected");
    Check(napi_get_buffer_info(env, item, &bytes, &length), "a Buffer was expected");
    Buffer definition(TF_NewBufferFromString(bytes, length), TF_DeleteBuffer);
    ImportOptions options(TF_NewImportGraphDefOptions(), TF_DeleteImportGraphDefOptions);
    TF_ImportGraphDefOptionsSetPrefix(options.get(), ("function" + std::to_string(index)).c_str());
    // As Python's loader does: the operation that another is to stand beside may be in another function.
    TF_ImportGraphDefOptionsSetValidateColocationConstraints(options.get(), 0);
    Status status;
    TF_GraphImportGraphDef(graph.get(), definition.get(), options.get(), status.get());
    if (TF_GetCode(status.get()) == 0) {
      Check(napi_get_null(env, &refusal), "no memory for the result");
    } else {
      const char* message = TF_Message(status.get());
      Check(napi_create_string_utf8(env, message, NAPI_AUTO_LENGTH, &refusal), "no memory for the result");
    }
    Check(napi_set_element(env, refusals, index, refusal), "no memory for the result");
  }
  return refusals;
}

template <napi_value (*Function)(napi_env, size_t, napi_value*)>
napi_value Guarded(napi_env env, napi_callback_info info) {
  size_t count = 5;
  napi_value given[5];
  if (napi_get_cb_info(env, info, &count, given, nullptr, nullptr) != napi_ok) return nullptr;
  try {
    return Function(env, count, given);
  } catch (const Failure& failure) {
    napi_throw_error(env, nullptr, failure.message.c_str());
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
  return nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"importFunctions", nullptr, Guarded<ImportFunctions>, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"addGradients", nullptr, Guarded<AddGradients>, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, sizeof(functions) / sizeof(functions[0]), functions);
  return exports;
}
