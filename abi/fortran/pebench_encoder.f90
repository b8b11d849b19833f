!> What an encoder is, how it declares its parameters and options, and what its hooks are given.
module pebench_encoder
  use, intrinsic :: iso_c_binding, only: c_f_pointer, c_f_procpointer, c_loc, c_null_ptr, c_ptr
  use pebench_raw
  use pebench_tensor
  use pebench_custom
  implicit none
  private

  !> The model an instance is created for; see peb_config.
  type, public :: config_t
    integer :: n_layers, n_sites, n_heads, d_model, d_head, max_len, n_positions
  end type

  !> A sequence of embeddings x [B, L, D]; see peb_sequence.
  type, public :: sequence_t
    type(pass_t) :: pass
    logical :: candidates, causal, training
    integer :: batch, length, width
    type(tensor_t) :: position  ! I64 [1, L] or [B, L], the slot in the window: never count slots yourself
    type(tensor_t) :: time      ! I64 [B, L], seconds; none without PEB_NEED_TIME
    type(tensor_t) :: mask      ! BOOL [B, L], true for real events
  end type

  !> One attention call; see peb_site.
  type, public :: site_t
    type(pass_t) :: pass
    logical :: cross, causal, training
    integer :: layer, batch, heads, queries, keys, head_width
    real(real64) :: scale
    type(tensor_t) :: q, k, v                       ! [B, H, Lq or Lk, h]; after rotate() in later hooks
    type(tensor_t) :: query_position, key_position  ! I64 [1, L] or [B, L]
    type(tensor_t) :: query_time, key_time          ! as sequence_t%time
    type(tensor_t) :: visible                       ! BOOL, to [B, 1, Lq, Lk]: never derive it from positions
    type(tensor_t) :: logits                        ! in bias() with PEB_NEED_LOGITS
    type(tensor_t) :: probs                         ! in value() with PEB_NEED_PROBS
    type(tensor_t) :: query_hidden, key_hidden      ! [B, Lq or Lk, D], before their projections, with PEB_NEED_HIDDEN
  contains
    procedure :: relative_position
  end type

  !> An option that a suite may set; made by real_option() and its siblings.
  type, public :: option_t
    character(:), allocatable :: key, help, choices, text
    real(real64) :: initial = 0, min = 0, max = 0
    integer(int32) :: kind = 0
  end type
  public :: integer_option, real_option, logical_option, choice_option, text_option, file_option

  !> What a suite set for the encoder's options. Asking for a key that is not declared with that kind fails create().
  type, public :: values_t
    type(option_t), pointer :: options(:) => null()
    type(peb_value), pointer :: values(:) => null()
    type(build_t), pointer :: build => null()
  contains
    procedure :: integer => integer_value, real => real_value, logical => logical_value, text => text_value, find
  end type

  !> Declares the parameters of an instance, in create(). The host owns, initialises, trains and saves them. Names are
  !> [a-z0-9_.]+ and unique in the instance: the key in checkpoints and of the parameter's random stream. `flags` are
  !> those of peb_param_flag.
  type, public :: build_t
    type(c_ptr) :: host = c_null_ptr, build = c_null_ptr
    type(pass_t), pointer :: current => null()   ! of the instance
    integer(peb_status) :: status = PEB_OK
    character(:), allocatable :: message         ! of the first failure
    type(custom_box), pointer :: boxes => null()
  contains
    procedure :: zeros, constant, normal, truncated_normal, uniform, xavier, data
    procedure :: custom, fail, unsupported, log_line
    procedure, private :: declare
  end type

  !> Extend it, write create() and those hooks that the encoding needs, and name these in add_encoder(): the others stay
  !> NULL in the descriptor. Dummy arguments must be called as below.
  type, abstract, public :: encoder_t
  contains
    procedure(create_encoder), deferred :: create
    procedure :: begin, input, rotate, bias, value, output
  end type

  abstract interface
    !> Declares parameters and keeps what the hooks need. build%fail() and build%unsupported() refuse.
    subroutine create_encoder(self, build, config, values)
      import :: build_t, config_t, encoder_t, values_t
      class(encoder_t), intent(inout) :: self
      type(build_t), intent(inout) :: build
      type(config_t), intent(in) :: config
      type(values_t), intent(in) :: values
    end subroutine
  end interface

contains

  !> Once per pass, before any other hook: forget tensors kept from the last one.
  subroutine begin(self, pass)
    class(encoder_t), intent(inout) :: self
    type(pass_t), intent(in) :: pass

    call missing(pass, "begin")
  end subroutine

  !> x [B, L, D] -> [B, L, D]
  subroutine input(self, sequence, x)
    class(encoder_t), intent(in) :: self
    type(sequence_t), intent(in) :: sequence
    type(tensor_t), intent(inout) :: x

    call missing(sequence%pass, "input")
    x%handle = 0
  end subroutine

  !> q [B, H, Lq, h], k [B, H, Lk, h] -> the same shapes
  subroutine rotate(self, site, q, k)
    class(encoder_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: q, k

    call missing(site%pass, "rotate")
    q%handle = 0
    k%handle = 0
  end subroutine

  !> -> [B, H, Lq, Lk], added to the scaled logits; may broadcast
  subroutine bias(self, site, added)
    class(encoder_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: added

    call missing(site%pass, "bias")
    added%handle = 0
  end subroutine

  !> -> [B, H, Lq, h], added to probs @ v
  subroutine value(self, site, added)
    class(encoder_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: added

    call missing(site%pass, "value")
    added%handle = 0
  end subroutine

  !> The merged heads y [B, Lq, D] -> [B, Lq, D]
  subroutine output(self, site, y)
    class(encoder_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: y

    call missing(site%pass, "output")
    y%handle = 0
  end subroutine

  !> A hook was named in add_encoder() that the type does not have.
  subroutine missing(pass, hook)
    type(pass_t), intent(in) :: pass
    character(*), intent(in) :: hook

    call pass%fail("the hook " // hook // " is announced but not written")
  end subroutine

  !> Key position minus query position of every pair -> I64 [1 or B, 1, Lq, Lk]
  function relative_position(self) result(made)
    use pebench_operators
    class(site_t), intent(in) :: self
    type(tensor_t) :: made, key, query

    key = self%key_position%unsqueeze(1)
    query = self%query_position%unsqueeze(1)
    made = key%unsqueeze(2) - query%unsqueeze(3)
  end function

  !> A whole number within [min, max].
  function integer_option(key, initial, min, max, help) result(option)
    character(*), intent(in) :: key, help
    integer, intent(in) :: initial, min, max
    type(option_t) :: option

    option = option_t(key, help, initial=real(initial, real64), min=real(min, real64), max=real(max, real64), &
                      kind=PEB_OPT_INT)
  end function

  !> A real number within [min, max].
  function real_option(key, initial, min, max, help) result(option)
    character(*), intent(in) :: key, help
    real(real64), intent(in) :: initial, min, max
    type(option_t) :: option

    option = option_t(key, help, initial=initial, min=min, max=max, kind=PEB_OPT_REAL)
  end function

  function logical_option(key, initial, help) result(option)
    character(*), intent(in) :: key, help
    logical, intent(in) :: initial
    type(option_t) :: option

    option = option_t(key, help, initial=real(merge(1, 0, initial), real64), max=1.0_real64, kind=PEB_OPT_BOOL)
  end function

  !> One of words, "rotate|additive"; the first is the default.
  function choice_option(key, words, help) result(option)
    character(*), intent(in) :: key, words, help
    type(option_t) :: option
    integer :: i

    option = option_t(key, help, choices=words, kind=PEB_OPT_ENUM)
    option%max = real(count([(words(i:i) == "|", i=1, len(words))]), real64)
  end function

  function text_option(key, initial, help) result(option)
    character(*), intent(in) :: key, initial, help
    type(option_t) :: option

    option = option_t(key, help, text=initial, kind=PEB_OPT_STRING)
  end function

  !> A path that the host resolves against the suite; the content of the file becomes part of a trial's identity.
  function file_option(key, initial, help) result(option)
    character(*), intent(in) :: key, initial, help
    type(option_t) :: option

    option = option_t(key, help, text=initial, kind=PEB_OPT_FILE)
  end function

  integer function find(self, key, kinds) result(place)
    class(values_t), intent(in) :: self
    character(*), intent(in) :: key
    integer(int32), intent(in) :: kinds(:)

    do place = 1, size(self%options)
      if (self%options(place)%key == key .and. any(kinds == self%options(place)%kind)) return
    end do
    place = 0
    call self%build%fail("option '" // key // "' of that kind is not declared")
  end function

  integer function integer_value(self, key) result(number)
    class(values_t), intent(in) :: self
    character(*), intent(in) :: key

    number = int(number_of(self, self%find(key, [PEB_OPT_INT])))
  end function

  real(real64) function real_value(self, key) result(number)
    class(values_t), intent(in) :: self
    character(*), intent(in) :: key

    number = number_of(self, self%find(key, [PEB_OPT_REAL]))
  end function

  logical function logical_value(self, key) result(set)
    class(values_t), intent(in) :: self
    character(*), intent(in) :: key

    set = number_of(self, self%find(key, [PEB_OPT_BOOL])) > 0.5_real64
  end function

  !> The word of a choice, the text of a text option, the path of a file option.
  function text_value(self, key) result(text)
    class(values_t), intent(in) :: self
    character(*), intent(in) :: key
    character(:), allocatable :: text
    integer :: place

    place = self%find(key, [PEB_OPT_ENUM, PEB_OPT_STRING, PEB_OPT_FILE])
    text = ""
    if (place > 0) text = f_text(self%values(place)%str)
  end function

  real(real64) function number_of(values, place)
    class(values_t), intent(in) :: values
    integer, intent(in) :: place

    number_of = 0
    if (place > 0) number_of = values%values(place)%num
  end function

  !> Refuses this model or these options; status is PEB_E_INTERNAL if absent. The first failure wins.
  subroutine fail(self, message, status)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: message
    integer(peb_status), intent(in), optional :: status

    if (self%status /= PEB_OK) return
    self%status = PEB_E_INTERNAL
    if (present(status)) self%status = status
    self%message = message
  end subroutine

  !> Refuses a legal request that this encoder does not serve, such as an odd head width.
  subroutine unsupported(self, message)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: message

    call self%fail(message, PEB_E_UNSUPPORTED)
  end subroutine

  !> A line for the trial's log. level: 0 debug, 1 information, 2 warning, 3 error.
  subroutine log_line(self, level, message)
    class(build_t), intent(in) :: self
    integer(int32), intent(in) :: level
    character(*), intent(in) :: message
    type(peb_host), pointer :: host
    character(kind=c_char), allocatable, target :: text(:)
    procedure(host_log), pointer :: log

    text = c_text(message)
    call c_f_pointer(self%host, host)
    call c_f_procpointer(host%log, log)
    call log(self%host, level, c_loc(text))
  end subroutine

  !> A custom operation of this instance.
  function custom(self, operation, name) result(made)
    class(build_t), intent(inout) :: self
    class(operation_t), intent(in) :: operation
    character(*), intent(in) :: name
    type(custom_t) :: made

    made%box => new_custom_box(self%current%ops, operation, name)
    made%box%next => self%boxes
    self%boxes => made%box
  end function

  function zeros(self, name, dims, flags) result(made)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: name
    integer, intent(in) :: dims(:)
    integer(int32), intent(in), optional :: flags
    type(parameter_t) :: made

    made = self%declare(name, dims, PEB_INIT_ZERO, 0.0_real64, 0.0_real64, flags)
  end function

  function constant(self, name, dims, value, flags) result(made)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: name
    integer, intent(in) :: dims(:)
    real(real64), intent(in) :: value
    integer(int32), intent(in), optional :: flags
    type(parameter_t) :: made

    made = self%declare(name, dims, PEB_INIT_CONST, value, 0.0_real64, flags)
  end function

  !> Normal numbers; the mean is 0 if absent.
  function normal(self, name, dims, deviation, mean, flags) result(made)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: name
    integer, intent(in) :: dims(:)
    real(real64), intent(in) :: deviation
    real(real64), intent(in), optional :: mean
    integer(int32), intent(in), optional :: flags
    type(parameter_t) :: made

    made = self%declare(name, dims, PEB_INIT_NORMAL, zero_or(mean), deviation, flags)
  end function

  !> Redrawn outside mean +- 2 deviations.
  function truncated_normal(self, name, dims, deviation, mean, flags) result(made)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: name
    integer, intent(in) :: dims(:)
    real(real64), intent(in) :: deviation
    real(real64), intent(in), optional :: mean
    integer(int32), intent(in), optional :: flags
    type(parameter_t) :: made

    made = self%declare(name, dims, PEB_INIT_TRUNC_NORMAL, zero_or(mean), deviation, flags)
  end function

  !> In [low, high).
  function uniform(self, name, dims, low, high, flags) result(made)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: name
    integer, intent(in) :: dims(:)
    real(real64), intent(in) :: low, high
    integer(int32), intent(in), optional :: flags
    type(parameter_t) :: made

    made = self%declare(name, dims, PEB_INIT_UNIFORM, low, high, flags)
  end function

  !> Uniform +- sqrt(6 / (rows + columns)) over the last two dimensions.
  function xavier(self, name, dims, flags) result(made)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: name
    integer, intent(in) :: dims(:)
    integer(int32), intent(in), optional :: flags
    type(parameter_t) :: made

    made = self%declare(name, dims, PEB_INIT_XAVIER, 1.0_real64, 0.0_real64, flags)
  end function

  !> Given values, row-major.
  function data(self, name, dims, values, flags) result(made)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: name
    integer, intent(in) :: dims(:)
    real(real64), intent(in), target, contiguous :: values(:)
    integer(int32), intent(in), optional :: flags
    type(parameter_t) :: made

    if (product(dims) /= size(values)) then
      call self%fail("parameter '" // name // "': the number of values is not the product of the sizes", PEB_E_INVALID)
    else
      made = self%declare(name, dims, PEB_INIT_DATA, 0.0_real64, 0.0_real64, flags, c_loc(values))
    end if
  end function

  pure real(real64) function zero_or(mean)
    real(real64), intent(in), optional :: mean

    zero_or = 0
    if (present(mean)) zero_or = mean
  end function

  function declare(self, name, dims, init, a, b, flags, data) result(made)
    class(build_t), intent(inout) :: self
    character(*), intent(in) :: name
    integer, intent(in) :: dims(:)
    integer(int32), intent(in) :: init
    real(real64), intent(in) :: a, b
    integer(int32), intent(in), optional :: flags
    type(c_ptr), intent(in), optional :: data
    type(parameter_t) :: made
    type(peb_host), pointer :: host
    type(peb_param_desc), target :: description
    character(kind=c_char), allocatable, target :: text(:)
    integer(int64), allocatable, target :: sizes(:)
    procedure(host_declare), pointer :: operation

    text = c_text(name)
    sizes = int(dims, int64)
    description%name = c_loc(text)
    description%dims = c_loc(sizes)
    if (present(data)) description%data = data
    if (present(flags)) description%flags = flags
    description%a = a
    description%b = b
    description%ndim = size(dims)
    description%init = init
    call c_f_pointer(self%host, host)
    call c_f_procpointer(host%declare, operation)
    made%current => self%current
    made%id = operation(self%build, c_loc(description))
    if (made%id == 0) call self%fail("the host refused parameter '" // name // "'")
  end function

end module
