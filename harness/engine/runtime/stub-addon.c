// An addon with the engine's functions, which do nothing: lets tests go through every step without TensorFlow.
#include <node_api.h>

#ifndef VERSION
#define VERSION "2.21.0"
#endif

static napi_value nothing(napi_env env, napi_callback_info info) {
  return NULL;
}

static napi_value init(napi_env env, napi_value exports) {
  const char* names[] = {"createTensor",   "deleteTensor",  "tensorDataSync",  "executeOp",
                         "loadSavedModel", "runSavedModel", "deleteSavedModel"};
  for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
    napi_value function;
    napi_create_function(env, names[i], NAPI_AUTO_LENGTH, nothing, NULL, &function);
    napi_set_named_property(env, exports, names[i], function);
  }
  napi_value version;
  napi_create_string_utf8(env, VERSION, NAPI_AUTO_LENGTH, &version);
  napi_set_named_property(env, exports, "TF_Version", version);
  return exports;
}

NAPI_MODULE(stub, init)
