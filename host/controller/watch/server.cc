#include "host/controller/watch/server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <chrono>
#include <mutex>
#include <random>
#include <thread>

#include "host/base/error.h"

namespace pebench::watch {
namespace {

constexpr const char* here = "127.0.0.1";
constexpr std::size_t threads = 32;

std::string drawn_token() {
  std::random_device random;  // the system's own, no seed
  std::string token;
  for (int word = 0; word < 4; ++word) token += fmt::format("{:08x}", random());
  return token;
}

}  // namespace

class Server::State {
 public:
  State(std::function<std::string()> page, int seconds_shown, int port)
      : page_(std::move(page)), shown_for_(seconds_shown), path_("/" + drawn_token() + "/") {
    // A second watcher is to be told that the port is taken, and not to share it.
    server_.set_socket_options([](auto socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    // Connections that say nothing hold up nobody for long.
    server_.new_task_queue = [] { return new httplib::ThreadPool(threads); };
    server_.set_read_timeout(1);
    server_.set_write_timeout(5);
    server_.set_keep_alive_max_count(1);
    port_ = port == 0 ? server_.bind_to_any_port(here) : server_.bind_to_port(here, port) ? port : -1;
    if (port_ <= 0)
      throw base::InputError(
          fmt::format("port {} of {} cannot be had, perhaps it is in use: choose another by --port, or none",
                      port, here));
    address_ = fmt::format("http://{}:{}{}", here, port_, path_);
    server_.set_default_headers({{"Cache-Control", "no-store"},
                                 {"Referrer-Policy", "no-referrer"},
                                 {"X-Content-Type-Options", "nosniff"},
                                 {"X-Frame-Options", "DENY"}});
    server_.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
      if (request.path == path_ && is_local(request.get_header_value("Host")))
        response.set_content(current(), "text/html; charset=utf-8");
      else
        response.status = 404;
    });
    listening_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ~State() {
    server_.stop();
    listening_.join();
  }

  const std::string& address() const { return address_; }

 private:
  bool is_local(const std::string& host) const {
    return host == fmt::format("{}:{}", here, port_) || host == fmt::format("localhost:{}", port_);
  }

  std::string current() {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (shown_.empty() || now >= good_until_) {
      shown_ = page_();
      good_until_ = std::chrono::steady_clock::now() + shown_for_;
    }
    return shown_;
  }

  std::function<std::string()> page_;
  std::chrono::seconds shown_for_;
  std::string path_, address_;
  int port_ = -1;
  httplib::Server server_;
  std::thread listening_;
  std::mutex mutex_;
  std::string shown_;
  std::chrono::steady_clock::time_point good_until_;
};

Server::Server(std::function<std::string()> page, int seconds_shown, int port)
    : state_(std::make_unique<State>(std::move(page), seconds_shown, port)) {}
Server::~Server() = default;
const std::string& Server::address() const { return state_->address(); }

}  // namespace pebench::watch
