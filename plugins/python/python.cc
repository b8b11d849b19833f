// An encoding written as a Python class, for trying out ideas: an interpreter inside the plugin runs it over
// the host's operations. See abi/python/README.md.
#include <pebench/plugin.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "host_module.h"
#include "interpreter.h"
#include "object.h"

namespace {

using python::Object;
using python::Raised;

/// What bridge.py says about the exception that Python has raised.
struct Description {
  long status = PEB_E_INTERNAL;
  std::string text = "Python raised an exception that cannot be described";
};

Description describe_exception() {
  PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
  PyErr_Fetch(&type, &value, &trace);
  PyErr_NormalizeException(&type, &value, &trace);
  if (trace != nullptr) PyException_SetTraceback(value, trace);
  Description description;
  try {
    const Object described(PyObject_CallMethod(python::bridge(), "describe", "O", value));
    description.text = python::text(PyTuple_GetItem(described.get(), 1));
    description.status = PyLong_AsLong(PyTuple_GetItem(described.get(), 0));
  } catch (const Raised&) {
    PyErr_Clear();
  }
  Py_XDECREF(type);
  Py_XDECREF(value);
  Py_XDECREF(trace);
  return description;
}

Object told(const peb::Sequence& s) {
  return Object(Py_BuildValue("((iii)(LLL)(KKK))", s.candidates, s.causal, s.training, s.batch, s.length,
                              s.width, s.position.handle(), s.time.handle(), s.mask.handle()));
}

Object told(const peb::Site& s) {
  return Object(Py_BuildValue(
      "((iii)(ILLLLLd)(KKKKKKKKKKKK))", s.cross, s.causal, s.training, s.layer, s.batch, s.heads, s.queries,
      s.keys, s.head_width, s.scale, s.q.handle(), s.k.handle(), s.v.handle(), s.query_position.handle(),
      s.key_position.handle(), s.query_time.handle(), s.key_time.handle(), s.visible.handle(),
      s.logits.handle(), s.probs.handle(), s.query_hidden.handle(), s.key_hidden.handle()));
}

/// All hooks but value(): the protocol of the paper treats an encoder that has one differently, and
/// PythonValue is for those.
class Python : public peb::Encoder {
 public:
  static constexpr peb::Info info{"python", "1.0.0", "", "An encoding written in Python"};
  static constexpr uint32_t flags = PEB_NEED_TIME | PEB_NEED_LOGITS | PEB_NEED_HIDDEN;
  static constexpr uint32_t min_minor = 0;  // a class that looks at no hidden states needs none
  static constexpr auto options = peb::options(
      peb::file("file", "", "the Python file of the encoding"),
      peb::text("class", "", "its class, where the file has several"),
      peb::text("options", "", "a JSON object for the class, such as {\"slope\": 0.5}"),
      peb::text("venv", "", "a virtual environment to import packages from, relative to the file"));

  Python(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : Python(build, config, values, false) {}
  Python(const Python&) = delete;
  Python& operator=(const Python&) = delete;

  ~Python() {
    const python::Hold hold;
    PyObject* closed = PyObject_CallMethod(instance_.get(), "close", nullptr);
    if (closed == nullptr) PyErr_Clear();
    Py_XDECREF(closed);
    instance_ = Object();
  }

  void begin(const peb::Pass& pass) {
    if (!has("begin")) return;
    within(pass, [&] { Object(PyObject_CallMethod(instance_.get(), "begin", nullptr)); });
  }

  /// x [B, L, d] -> [B, L, d]
  peb::Tensor input(const peb::Sequence& sequence, peb::Tensor x) { return changed("input", sequence, x); }

  /// q [B, H, Lq, h], k [B, H, Lk, h] -> the same shapes
  std::pair<peb::Tensor, peb::Tensor> rotate(const peb::Site& site, peb::Tensor q, peb::Tensor k) {
    if (!has("rotate")) return {q, k};
    unsigned long long handles[2] = {};
    within(site.pass, [&] {
      const Object pair(
          PyObject_CallMethod(instance_.get(), "rotate", "OKK", told(site).get(), q.handle(), k.handle()));
      if (PyArg_ParseTuple(pair.get(), "KK", &handles[0], &handles[1]) == 0) throw Raised();
    });
    return {{site.pass, handles[0]}, {site.pass, handles[1]}};
  }

  /// -> [B, H, Lq, Lk] or what broadcasts to it
  peb::Tensor bias(const peb::Site& site) { return added("bias", site); }

  /// y [B, Lq, d] -> [B, Lq, d]
  peb::Tensor output(const peb::Site& site, peb::Tensor y) { return changed("output", site, y); }

 protected:
  Python(peb::Build& build, const peb::Config& config, const peb::Values& values, bool has_value)
      : host_(build.host()) {
    python::start();
    const python::Hold hold;
    const python::Current current(build, parameters_);
    try {
      Object instance(PyObject_CallMethod(python::bridge(), "Instance", "ssss(IIIIIII)i",
                                          values["file"].text().c_str(), values["class"].text().c_str(),
                                          values["options"].text().c_str(), values["venv"].text().c_str(),
                                          config.n_layers, config.n_sites, config.n_heads, config.d_model,
                                          config.d_head, config.max_len, config.n_positions, has_value));
      const Object hooks(PyObject_GetAttrString(instance.get(), "hooks"));
      for (Py_ssize_t i = 0; i < PyTuple_Size(hooks.get()); ++i) {
        hooks_.insert(python::text(PyTuple_GetItem(hooks.get(), i)));
      }
      instance_ = std::move(instance);
    } catch (const Raised&) {
      const Description description = describe_exception();
      if (description.status == PEB_E_UNSUPPORTED) throw peb::Unsupported(description.text);
      log(description.text);  // in full, where the SDK would keep a line
      throw peb::Failed();
    }
  }

  /// What a hook of the class gives to be added; none without that hook.
  peb::Tensor added(const char* hook, const peb::Site& site) {
    if (!has(hook)) return {};
    peb_tensor handle = 0;
    within(site.pass, [&] {
      handle = handle_of(Object(PyObject_CallMethod(instance_.get(), hook, "(O)", told(site).get())));
    });
    return {site.pass, handle};
  }

 private:
  /// What a hook of the class makes of x; x itself without that hook. Place is Sequence or Site.
  template <class Place>
  peb::Tensor changed(const char* hook, const Place& place, const peb::Tensor& x) {
    if (!has(hook)) return x;
    peb_tensor handle = 0;
    within(place.pass, [&] {
      handle =
          handle_of(Object(PyObject_CallMethod(instance_.get(), hook, "OK", told(place).get(), x.handle())));
    });
    return {place.pass, handle};
  }

  bool has(const char* hook) const { return hooks_.count(hook) != 0; }

  /// Runs body() with the interpreter and that pass; what Python raises becomes an exception of C++.
  template <class Body>
  void within(const peb::Pass& pass, Body&& body) {
    const python::Hold hold;
    const python::Current current(pass, parameters_);
    try {
      body();
    } catch (const Raised&) {
      const Description description = describe_exception();
      switch (description.status) {
        case PEB_OK:
          log(description.text);  // the host has the reason, this is the place
          throw peb::Failed();
        case PEB_E_INVALID:
          throw std::invalid_argument(description.text);
        case PEB_E_UNSUPPORTED:
          throw peb::Unsupported(description.text);
        default:
          throw std::runtime_error(description.text);
      }
    }
  }

  static peb_tensor handle_of(const Object& number) {
    const peb_tensor handle = PyLong_AsUnsignedLongLong(number.get());
    if (PyErr_Occurred() != nullptr) throw Raised();
    return handle;
  }

  void log(const std::string& text) const { host_.log(&host_, 3, ("python: " + text).c_str()); }

  const peb_host& host_;
  python::Parameters parameters_;
  std::set<std::string> hooks_;  // those that the class has
  Object instance_;              // of bridge.py
};

/// An encoding with the hook value().
class PythonValue : public Python {
 public:
  static constexpr peb::Info info{"python_value", "1.0.0", "",
                                  "An encoding written in Python that adds to the values"};
  static constexpr uint32_t flags = Python::flags | PEB_NEED_PROBS;

  PythonValue(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : Python(build, config, values, true) {}

  /// -> [B, H, Lq, h]
  peb::Tensor value(const peb::Site& site) { return added("value", site); }
};

}  // namespace
PEB_PLUGIN(Python, PythonValue)
