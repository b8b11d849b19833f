#include "host_module.h"

#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "object.h"

namespace python {
namespace {

thread_local peb::Build* current_build = nullptr;
thread_local const peb::Pass* current_pass = nullptr;
thread_local Parameters* current_parameters = nullptr;
PyObject* failed = nullptr;  // the exception class Failed

const peb::Pass& pass() {
  if (current_pass == nullptr)
    throw std::runtime_error("tensors exist in hooks only, on the thread that called the hook");
  return *current_pass;
}
const peb_ops& ops() { return pass().ops(); }
peb_scope* scope() { return pass().scope(); }

/// The positional arguments of a call, read one after the other. Throws Raised for what has another type.
class Arguments {
 public:
  explicit Arguments(PyObject* all) : all_(all) {}

  PyObject* next() {
    PyObject* one = PyTuple_GetItem(all_, at_++);
    if (one == nullptr) throw Raised();
    return one;
  }
  int64_t integer() { return integer(next()); }
  int32_t axis() { return static_cast<int32_t>(integer()); }
  uint32_t code() { return static_cast<uint32_t>(integer()); }
  double real() { return real(next()); }
  std::string word() { return text(next()); }
  peb_tensor tensor() { return tensor(next()); }
  std::vector<int64_t> integers() {
    return all<int64_t>(next(), [](PyObject* one) { return integer(one); });
  }
  std::vector<int32_t> axes() {
    return all<int32_t>(next(), [](PyObject* one) { return static_cast<int32_t>(integer(one)); });
  }
  std::vector<double> reals() {
    return all<double>(next(), [](PyObject* one) { return real(one); });
  }
  std::vector<peb_tensor> tensors() {
    return all<peb_tensor>(next(), [](PyObject* one) { return tensor(one); });
  }

 private:
  static double real(PyObject* object) {
    const double value = PyFloat_AsDouble(object);
    if (value == -1.0 && PyErr_Occurred() != nullptr) throw Raised();
    return value;
  }
  static int64_t integer(PyObject* object) {
    const int64_t value = PyLong_AsLongLong(object);
    if (value == -1 && PyErr_Occurred() != nullptr) throw Raised();
    return value;
  }
  static peb_tensor tensor(PyObject* object) {
    const peb_tensor value = PyLong_AsUnsignedLongLong(object);
    if (value == static_cast<peb_tensor>(-1) && PyErr_Occurred() != nullptr) throw Raised();
    return value;
  }
  template <class Element, class Read>
  static std::vector<Element> all(PyObject* sequence, Read read) {
    std::vector<Element> result;
    const Py_ssize_t size = PySequence_Size(sequence);
    if (size < 0) throw Raised();
    for (Py_ssize_t i = 0; i < size; ++i)
      result.push_back(read(Object(PySequence_GetItem(sequence, i)).get()));
    return result;
  }

  PyObject* all_;
  Py_ssize_t at_ = 0;
};

template <class Elements>
uint32_t count(const Elements& elements) {
  return static_cast<uint32_t>(elements.size());
}

// Operations: arguments in, handle out. One after the other as in peb_ops.

peb_tensor parameter(Arguments& in) {
  pass();  // refuses a parameter outside a hook
  return current_parameters->at(in.code()).tensor().handle();
}
peb_tensor constant(Arguments& in) {
  const auto values = in.reals();
  const auto dims = in.integers();
  return pass().constant(values, dims, in.code()).handle();
}
peb_tensor full(Arguments& in) {
  const double value = in.real();
  const auto dims = in.integers();
  return pass().full(value, dims, in.code()).handle();
}
peb_tensor arange(Arguments& in) {
  const double start = in.real(), step = in.real();
  const int64_t size = in.integer();
  return ops().arange(scope(), start, step, size, in.code());
}
peb_tensor cast(Arguments& in) {
  const peb_tensor t = in.tensor();
  return ops().cast(scope(), t, in.code());
}
peb_tensor detach(Arguments& in) { return ops().detach(scope(), in.tensor()); }
peb_tensor unary(Arguments& in) {
  const uint32_t op = in.code();
  return ops().unary(scope(), op, in.tensor());
}
peb_tensor binary(Arguments& in) {
  const uint32_t op = in.code();
  const peb_tensor a = in.tensor(), b = in.tensor();
  return ops().binary(scope(), op, a, b);
}
peb_tensor scalar(Arguments& in) {
  const uint32_t op = in.code();
  const peb_tensor t = in.tensor();
  return ops().scalar(scope(), op, t, in.real());
}
peb_tensor along(Arguments& in) {
  const uint32_t op = in.code();
  const peb_tensor t = in.tensor();
  return ops().along(scope(), op, t, in.axis());
}
peb_tensor choose(Arguments& in) {
  const peb_tensor condition = in.tensor(), a = in.tensor(), b = in.tensor();
  return ops().choose(scope(), condition, a, b);
}
peb_tensor clamp(Arguments& in) {
  const peb_tensor t = in.tensor();
  const double low = in.real(), high = in.real();
  return ops().clamp(scope(), t, low, high);
}
peb_tensor matmul(Arguments& in) {
  const peb_tensor a = in.tensor(), b = in.tensor();
  return ops().matmul(scope(), a, b);
}
peb_tensor einsum(Arguments& in) {
  const std::string spec = in.word();
  const auto tensors = in.tensors();
  return ops().einsum(scope(), spec.c_str(), tensors.data(), count(tensors));
}
peb_tensor embedding(Arguments& in) {
  const peb_tensor table = in.tensor(), index = in.tensor();
  return ops().embedding(scope(), table, index);
}
peb_tensor gather(Arguments& in) {
  const peb_tensor t = in.tensor();
  const int32_t axis = in.axis();
  return ops().gather(scope(), t, axis, in.tensor());
}
peb_tensor scatter_add(Arguments& in) {
  const peb_tensor source = in.tensor();
  const int32_t axis = in.axis();
  const peb_tensor index = in.tensor();
  return ops().scatter_add(scope(), source, axis, index, in.integer());
}
peb_tensor reshape(Arguments& in) {
  const peb_tensor t = in.tensor();
  const auto dims = in.integers();
  return ops().reshape(scope(), t, dims.data(), count(dims));
}
peb_tensor permute(Arguments& in) {
  const peb_tensor t = in.tensor();
  const auto axes = in.axes();
  return ops().permute(scope(), t, axes.data(), count(axes));
}
peb_tensor expand(Arguments& in) {
  const peb_tensor t = in.tensor();
  const auto dims = in.integers();
  return ops().expand(scope(), t, dims.data(), count(dims));
}
peb_tensor slice(Arguments& in) {
  const peb_tensor t = in.tensor();
  const int32_t axis = in.axis();
  const int64_t start = in.integer(), stop = in.integer();
  return ops().slice(scope(), t, axis, start, stop, in.integer());
}
peb_tensor concat(Arguments& in) {
  const auto tensors = in.tensors();
  return ops().concat(scope(), tensors.data(), count(tensors), in.axis());
}
peb_tensor dropout(Arguments& in) {
  const peb_tensor t = in.tensor();
  return ops().dropout(scope(), t, in.real());
}
peb_tensor normal(Arguments& in) {
  const double mean = in.real(), deviation = in.real();
  return pass().normal(in.integers(), mean, deviation).handle();
}

// Questions and declarations.

PyObject* shape(Arguments& in) {
  const peb::Dims dims = peb::Tensor(pass(), in.tensor()).shape();
  Object result(PyTuple_New(static_cast<Py_ssize_t>(dims.size())));
  for (size_t i = 0; i < dims.size(); ++i) {
    PyTuple_SetItem(result.get(), static_cast<Py_ssize_t>(i), Object(PyLong_FromLongLong(dims[i])).release());
  }
  return result.release();
}

PyObject* dtype(Arguments& in) {
  const uint32_t code = ops().dtype(scope(), in.tensor());
  if (code == 0) throw peb::Failed();
  return PyLong_FromUnsignedLong(code);
}

/// Parameter `name` of the initial kind, whose numbers are a and b.
peb::Parameter declared(const std::string& name, const peb::Dims& dims, uint32_t flags, uint32_t initial,
                        double a, double b, const std::vector<double>& values) {
  peb::Build& build = *current_build;
  switch (initial) {
    case PEB_INIT_ZERO:
      return build.zeros(name, dims, flags);
    case PEB_INIT_CONST:
      return build.constant(name, dims, a, flags);
    case PEB_INIT_NORMAL:
      return build.normal(name, dims, b, a, flags);
    case PEB_INIT_TRUNC_NORMAL:
      return build.truncated_normal(name, dims, b, a, flags);
    case PEB_INIT_UNIFORM:
      return build.uniform(name, dims, a, b, flags);
    case PEB_INIT_XAVIER:
      return build.xavier(name, dims, a, flags);
    default:
      return build.data(name, dims, values, flags);
  }
}

PyObject* declare(Arguments& in) {
  if (current_build == nullptr) throw std::runtime_error("parameters are declared in __init__() only");
  const std::string name = in.word();
  const auto dims = in.integers();
  const uint32_t flags = in.code(), initial = in.code();
  const double a = in.real(), b = in.real();
  current_parameters->push_back(declared(name, dims, flags, initial, a, b, in.reals()));
  return PyLong_FromSize_t(current_parameters->size() - 1);
}

/// Runs body(arguments) as a function that Python calls: what C++ throws becomes a Python exception.
template <class Body>
PyObject* call(PyObject* all, Body&& body) noexcept {
  try {
    Arguments arguments(all);
    return body(arguments);
  } catch (const Raised&) {
  } catch (const peb::Failed&) {
    PyErr_SetString(failed, "the host refuses this operation, its message says why");
  } catch (const std::invalid_argument& error) {
    PyErr_SetString(PyExc_ValueError, error.what());
  } catch (const std::exception& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
  } catch (...) {
    PyErr_SetString(PyExc_RuntimeError, "an exception that is no std::exception");
  }
  return nullptr;
}

template <peb_tensor (*operation)(Arguments&)>
PyObject* handle_of(PyObject*, PyObject* all) {
  return call(all, [](Arguments& arguments) {
    const peb_tensor handle = operation(arguments);
    if (handle == 0) throw peb::Failed();
    return PyLong_FromUnsignedLongLong(handle);
  });
}

template <PyObject* (*answer)(Arguments&)>
PyObject* object_of(PyObject*, PyObject* all) {
  return call(all, answer);
}

#define OPERATION(name) \
  { #name, handle_of < name>, METH_VARARGS, nullptr }
#define ANSWER(name) \
  { #name, object_of < name>, METH_VARARGS, nullptr }
PyMethodDef methods[] = {
    OPERATION(parameter),   OPERATION(constant), OPERATION(full),      OPERATION(arange),
    OPERATION(cast),        OPERATION(detach),   OPERATION(unary),     OPERATION(binary),
    OPERATION(scalar),      OPERATION(along),    OPERATION(choose),    OPERATION(clamp),
    OPERATION(matmul),      OPERATION(einsum),   OPERATION(embedding), OPERATION(gather),
    OPERATION(scatter_add), OPERATION(reshape),  OPERATION(permute),   OPERATION(expand),
    OPERATION(slice),       OPERATION(concat),   OPERATION(dropout),   OPERATION(normal),
    ANSWER(shape),          ANSWER(dtype),       ANSWER(declare),      {nullptr, nullptr, 0, nullptr}};
#undef OPERATION
#undef ANSWER

struct Number {
  const char* name;
  long value;
};
#define NUMBER(name) \
  { #name, PEB_##name }
constexpr Number numbers[] = {NUMBER(F16),
                              NUMBER(BF16),
                              NUMBER(F32),
                              NUMBER(F64),
                              NUMBER(I64),
                              NUMBER(BOOL),
                              NUMBER(MODEL),
                              NUMBER(NEG),
                              NUMBER(ABS),
                              NUMBER(EXP),
                              NUMBER(LOG),
                              NUMBER(SIN),
                              NUMBER(COS),
                              NUMBER(SQRT),
                              NUMBER(TANH),
                              NUMBER(SIGMOID),
                              NUMBER(RELU),
                              NUMBER(SOFTPLUS),
                              NUMBER(FLOOR),
                              NUMBER(CEIL),
                              NUMBER(SIGN),
                              NUMBER(ADD),
                              NUMBER(SUB),
                              NUMBER(MUL),
                              NUMBER(DIV),
                              NUMBER(POW),
                              NUMBER(MIN),
                              NUMBER(MAX),
                              NUMBER(LT),
                              NUMBER(LE),
                              NUMBER(EQ),
                              NUMBER(SUM),
                              NUMBER(MEAN),
                              NUMBER(AMAX),
                              NUMBER(CUMSUM),
                              NUMBER(SOFTMAX),
                              NUMBER(INIT_ZERO),
                              NUMBER(INIT_CONST),
                              NUMBER(INIT_NORMAL),
                              NUMBER(INIT_TRUNC_NORMAL),
                              NUMBER(INIT_UNIFORM),
                              NUMBER(INIT_XAVIER),
                              NUMBER(INIT_DATA),
                              NUMBER(PARAM_FROZEN),
                              NUMBER(PARAM_NO_DECAY),
                              NUMBER(OK),
                              NUMBER(E_INVALID),
                              NUMBER(E_UNSUPPORTED),
                              NUMBER(E_INTERNAL)};
#undef NUMBER

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "pebench._host", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr};

}  // namespace

void add_host_module() {
  const Object module(PyModule_Create(&definition));
  for (const Number& number : numbers) {
    if (PyModule_AddIntConstant(module.get(), number.name, number.value) != 0) throw Raised();
  }
  failed = Object(PyErr_NewExceptionWithDoc(
                      "pebench.Failed",
                      "The host refused an operation and has noted why: the forward pass has failed.",
                      nullptr, nullptr))
               .release();
  if (PyModule_AddObjectRef(module.get(), "Failed", failed) != 0) throw Raised();
  if (PyDict_SetItemString(PyImport_GetModuleDict(), "pebench._host", module.get()) != 0) throw Raised();
}

Current::Current(peb::Build& build, Parameters& parameters) {
  current_build = &build;
  current_parameters = &parameters;
}
Current::Current(const peb::Pass& pass, Parameters& parameters) {
  current_pass = &pass;
  current_parameters = &parameters;
}
Current::~Current() {
  current_build = nullptr;
  current_pass = nullptr;
  current_parameters = nullptr;
}

}  // namespace python
