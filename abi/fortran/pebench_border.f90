!> Between the C functions that the host calls and the types of a plugin, and the library's entry.
module pebench_border
  use, intrinsic :: iso_c_binding, only: c_associated, c_char, c_f_pointer, c_f_procpointer, c_funloc, c_funptr, &
    c_loc, c_null_funptr, c_null_ptr, c_ptr, c_sizeof
  use pebench_raw
  use pebench_tensor
  use pebench_custom
  use pebench_encoder
  implicit none
  private

  public :: add_encoder, plugin_of

  !> create() of the ABI is given no descriptor, so that every encoder has a C function of its own.
  integer, parameter :: most_encoders = 8

  !> An encoder of this library, for ever.
  type :: registered
    type(peb_encoder) :: descriptor
    class(encoder_t), allocatable :: prototype
    type(option_t), allocatable :: options(:)
    character(:), allocatable :: id
  end type
  type(registered), target, save :: encoders(most_encoders)
  type(c_ptr), target, save :: pointers(most_encoders)
  type(peb_plugin), target, save :: plugin
  integer, save :: n_encoders = 0
  character(:), allocatable, save :: wrong  ! what makes the library refuse every host

  !> An instance: what the host's `self` points to.
  type :: instance
    type(peb_ops), pointer :: ops => null()
    class(encoder_t), allocatable :: encoder
    type(pass_t) :: pass  ! of the hook that runs: parameters look here
    type(custom_box), pointer :: boxes => null()
  end type

contains

  !> Adds an encoder to the library, once. prototype: a value of the encoder's type, as its structure constructor makes
  !> it. id: [a-z][a-z0-9_]*, what suites call it. cite: a paper, "doi:..." or "arXiv:...". hooks: the names of those that
  !> the type has, separated by blanks. flags: those of peb_encoder_flag. name: for people, the id if absent.
  subroutine add_encoder(prototype, id, version, cite, hooks, flags, options, name)
    class(encoder_t), intent(in) :: prototype
    character(*), intent(in) :: id, version, cite, hooks
    integer(int32), intent(in), optional :: flags
    type(option_t), intent(in), optional :: options(:)
    character(*), intent(in), optional :: name
    type(registered), pointer :: added
    integer :: i

    do i = 1, n_encoders
      if (encoders(i)%id == id) return
    end do
    if (n_encoders == most_encoders) then
      wrong = id // ": a library has at most eight encoders"
      return
    end if
    n_encoders = n_encoders + 1
    added => encoders(n_encoders)
    allocate (added%prototype, source=prototype)
    added%id = id
    added%descriptor%id = forever(id)
    added%descriptor%name = added%descriptor%id
    if (present(name)) added%descriptor%name = forever(name)
    added%descriptor%version = forever(version)
    added%descriptor%cite = forever(cite)
    if (present(flags)) added%descriptor%flags = flags
    if (iand(added%descriptor%flags, PEB_NEED_HIDDEN) /= 0) plugin%min_minor = 1
    allocate (added%options(0))
    if (present(options)) added%options = options
    call describe_options(added)
    added%descriptor%create = create_function(n_encoders)
    added%descriptor%destroy = c_funloc(destroy)
    call announce(added%descriptor, hooks)
    pointers(n_encoders) = c_loc(added%descriptor)
  end subroutine

  subroutine announce(descriptor, hooks)
    type(peb_encoder), intent(inout) :: descriptor
    character(*), intent(in) :: hooks
    character(:), allocatable :: rest, word
    integer :: blank

    rest = trim(adjustl(hooks))
    do while (len(rest) > 0)
      blank = index(rest // " ", " ")
      word = rest(:blank - 1)
      rest = trim(adjustl(rest(blank:)))
      select case (word)
      case ("begin"); descriptor%begin = c_funloc(begin)
      case ("input"); descriptor%input = c_funloc(input)
      case ("rotate"); descriptor%rotate = c_funloc(rotate)
      case ("bias"); descriptor%bias = c_funloc(bias)
      case ("value"); descriptor%value = c_funloc(value)
      case ("output"); descriptor%output = c_funloc(output)
      case default; wrong = "there is no hook '" // word // "'"
      end select
    end do
  end subroutine

  subroutine describe_options(added)
    type(registered), pointer, intent(in) :: added
    type(peb_option), pointer :: described(:)
    integer :: i

    allocate (described(size(added%options)))
    do i = 1, size(described)
      associate (option => added%options(i))
        described(i) = peb_option(forever(option%key), forever(option%help), c_null_ptr, c_null_ptr, option%initial, &
                                  option%min, option%max, option%kind, 0)
        if (allocated(option%choices)) described(i)%choices = forever(option%choices)
        if (allocated(option%text)) described(i)%text = forever(option%text)
      end associate
    end do
    added%descriptor%n_options = size(described)
    if (size(described) > 0) added%descriptor%options = c_loc(described)
  end subroutine

  !> A C string that is never freed.
  function forever(text) result(address)
    character(*), intent(in) :: text
    type(c_ptr) :: address
    character(kind=c_char), pointer :: characters(:)

    allocate (characters(len(text) + 1))
    characters = c_text(text)
    address = c_loc(characters)
  end function

  !> What the entry returns: the encoders added so far. NULL for a host that offers less than version 1.0, and, with a
  !> line of the log, for a library with more encoders than most_encoders or an unknown hook.
  function plugin_of(host) result(address)
    type(c_ptr), intent(in) :: host
    type(c_ptr) :: address
    type(peb_host), pointer :: offered
    type(peb_ops), pointer :: ops
    type(peb_host) :: host_1_0
    type(peb_ops) :: ops_1_0
    type(build_t) :: declarations

    address = c_null_ptr
    if (.not. c_associated(host)) return
    call c_f_pointer(host, offered)
    if (offered%struct_size < c_sizeof(host_1_0) .or. .not. c_associated(offered%ops)) return
    call c_f_pointer(offered%ops, ops)
    if (ops%struct_size < c_sizeof(ops_1_0)) return
    if (allocated(wrong)) then
      declarations%host = host
      call declarations%log_line(3, wrong)
      return
    end if
    plugin%n_encoders = n_encoders
    plugin%encoders = c_loc(pointers)
    address = c_loc(plugin)
  end function

  function create(which, host, build, config, values, self) result(status)
    integer, intent(in) :: which
    type(c_ptr), intent(in) :: host, build, config, values, self
    integer(peb_status) :: status
    type(instance), pointer :: made
    type(peb_host), pointer :: offered
    type(build_t), target :: declarations
    type(values_t) :: set
    type(c_ptr), pointer :: result

    allocate (made)
    call c_f_pointer(host, offered)
    call c_f_pointer(offered%ops, made%ops)
    allocate (made%encoder, source=encoders(which)%prototype)
    declarations%host = host
    declarations%build = build
    declarations%current => made%pass
    made%pass%ops => made%ops
    set%options => encoders(which)%options
    set%build => declarations
    if (size(set%options) > 0) call c_f_pointer(values, set%values, [size(set%options)])
    call made%encoder%create(declarations, config_of(config), set)
    made%pass = pass_t()
    made%boxes => declarations%boxes
    status = declarations%status
    if (status == PEB_OK) then
      call c_f_pointer(self, result)
      result = c_loc(made)
    else
      ! There is no forward pass to fail yet, so the message goes to the log.
      call declarations%log_line(3, encoders(which)%id // ": " // declarations%message)
      call free(made)
    end if
  end function

  subroutine destroy(self) bind(C, name="")
    type(c_ptr), value :: self
    type(instance), pointer :: made

    call c_f_pointer(self, made)
    call free(made)
  end subroutine

  subroutine free(made)
    type(instance), pointer, intent(inout) :: made
    type(custom_box), pointer :: box

    do while (associated(made%boxes))
      box => made%boxes
      made%boxes => box%next
      deallocate (box)
    end do
    deallocate (made)
  end subroutine

  function config_of(given) result(config)
    type(c_ptr), intent(in) :: given
    type(config_t) :: config
    type(peb_config), target :: local

    call copy_known_part(given, c_loc(local), c_sizeof(local))
    config = config_t(local%n_layers, local%n_sites, local%n_heads, local%d_model, local%d_head, local%max_len, &
                      local%n_positions)
  end function

  !> Copies a struct of the host into one of this library's size; members that the host does not know stay zero. By C,
  !> since a compiler of Fortran may assume that bytes and structs do not overlap.
  subroutine copy_known_part(given, local, local_size)
    use, intrinsic :: iso_c_binding, only: c_size_t
    interface
      subroutine memcpy(to, from, bytes) bind(C)
        import :: c_ptr, c_size_t
        type(c_ptr), value :: to, from
        integer(c_size_t), value :: bytes
      end subroutine
    end interface
    type(c_ptr), intent(in) :: given, local
    integer(c_size_t), intent(in) :: local_size
    integer(int32), pointer :: given_size

    call c_f_pointer(given, given_size)
    call memcpy(local, given, min(int(given_size, c_size_t), local_size))
  end subroutine

  !> Begins a hook: the instance behind self, whose parameters can be read until the pass is forgotten.
  function entered(self, scope) result(called)
    type(c_ptr), intent(in) :: self, scope
    type(instance), pointer :: called

    call c_f_pointer(self, called)
    called%pass = pass_t(scope, called%ops)
  end function

  !> Ends a hook with the sticky status of the pass.
  function left(called, scope) result(status)
    type(instance), pointer, intent(in) :: called
    type(c_ptr), intent(in) :: scope
    integer(peb_status) :: status
    procedure(op_status), pointer :: operation

    called%pass = pass_t()
    call c_f_procpointer(called%ops%status, operation)
    status = operation(scope)
  end function

  function begin(self, scope) bind(C, name="") result(status)
    type(c_ptr), value :: self, scope
    integer(peb_status) :: status
    type(instance), pointer :: called

    called => entered(self, scope)
    call called%encoder%begin(called%pass)
    status = left(called, scope)
  end function

  function input(self, scope, sequence, x) bind(C, name="") result(status)
    type(c_ptr), value :: self, scope, sequence
    integer(peb_tensor), intent(inout) :: x
    integer(peb_status) :: status
    type(instance), pointer :: called
    type(tensor_t) :: tensor

    called => entered(self, scope)
    tensor = tensor_t(called%pass, x)
    call called%encoder%input(sequence_of(called%pass, sequence), tensor)
    x = tensor%handle
    status = left(called, scope)
  end function

  function rotate(self, scope, site, q, k) bind(C, name="") result(status)
    type(c_ptr), value :: self, scope, site
    integer(peb_tensor), intent(inout) :: q, k
    integer(peb_status) :: status
    type(instance), pointer :: called
    type(tensor_t) :: query, key

    called => entered(self, scope)
    query = tensor_t(called%pass, q)
    key = tensor_t(called%pass, k)
    call called%encoder%rotate(site_of(called%pass, site), query, key)
    q = query%handle
    k = key%handle
    status = left(called, scope)
  end function

  function bias(self, scope, site, added) bind(C, name="") result(status)
    type(c_ptr), value :: self, scope, site
    integer(peb_tensor), intent(inout) :: added
    integer(peb_status) :: status
    type(instance), pointer :: called
    type(tensor_t) :: tensor

    called => entered(self, scope)
    tensor = tensor_t(called%pass, added)
    call called%encoder%bias(site_of(called%pass, site), tensor)
    added = tensor%handle
    status = left(called, scope)
  end function

  function value(self, scope, site, added) bind(C, name="") result(status)
    type(c_ptr), value :: self, scope, site
    integer(peb_tensor), intent(inout) :: added
    integer(peb_status) :: status
    type(instance), pointer :: called
    type(tensor_t) :: tensor

    called => entered(self, scope)
    tensor = tensor_t(called%pass, added)
    call called%encoder%value(site_of(called%pass, site), tensor)
    added = tensor%handle
    status = left(called, scope)
  end function

  function output(self, scope, site, y) bind(C, name="") result(status)
    type(c_ptr), value :: self, scope, site
    integer(peb_tensor), intent(inout) :: y
    integer(peb_status) :: status
    type(instance), pointer :: called
    type(tensor_t) :: tensor

    called => entered(self, scope)
    tensor = tensor_t(called%pass, y)
    call called%encoder%output(site_of(called%pass, site), tensor)
    y = tensor%handle
    status = left(called, scope)
  end function

  function sequence_of(pass, given) result(sequence)
    type(pass_t), intent(in) :: pass
    type(c_ptr), intent(in) :: given
    type(sequence_t) :: sequence
    type(peb_sequence), target :: s

    call copy_known_part(given, c_loc(s), c_sizeof(s))
    sequence%pass = pass
    sequence%candidates = s%role == PEB_CANDIDATES
    sequence%causal = iand(s%flags, PEB_CAUSAL) /= 0
    sequence%training = iand(s%flags, PEB_TRAINING) /= 0
    sequence%batch = int(s%batch)
    sequence%length = int(s%length)
    sequence%width = int(s%width)
    sequence%position = tensor_t(pass, s%position)
    sequence%time = tensor_t(pass, s%time)
    sequence%mask = tensor_t(pass, s%mask)
  end function

  function site_of(pass, given) result(site)
    type(pass_t), intent(in) :: pass
    type(c_ptr), intent(in) :: given
    type(site_t) :: site
    type(peb_site), target :: s

    call copy_known_part(given, c_loc(s), c_sizeof(s))
    site%pass = pass
    site%cross = s%kind == PEB_CROSS
    site%causal = iand(s%flags, PEB_CAUSAL) /= 0
    site%training = iand(s%flags, PEB_TRAINING) /= 0
    site%layer = s%layer
    site%batch = int(s%batch)
    site%heads = int(s%heads)
    site%queries = int(s%queries)
    site%keys = int(s%keys)
    site%head_width = int(s%head_width)
    site%scale = s%scale
    site%q = tensor_t(pass, s%q)
    site%k = tensor_t(pass, s%k)
    site%v = tensor_t(pass, s%v)
    site%query_position = tensor_t(pass, s%query_position)
    site%key_position = tensor_t(pass, s%key_position)
    site%query_time = tensor_t(pass, s%query_time)
    site%key_time = tensor_t(pass, s%key_time)
    site%visible = tensor_t(pass, s%visible)
    site%logits = tensor_t(pass, s%logits)
    site%probs = tensor_t(pass, s%probs)
    site%query_hidden = tensor_t(pass, s%query_hidden)
    site%key_hidden = tensor_t(pass, s%key_hidden)
  end function

  function create_function(which) result(address)
    integer, intent(in) :: which
    type(c_funptr) :: address

    address = c_null_funptr
    select case (which)
    case (1); address = c_funloc(create_1)
    case (2); address = c_funloc(create_2)
    case (3); address = c_funloc(create_3)
    case (4); address = c_funloc(create_4)
    case (5); address = c_funloc(create_5)
    case (6); address = c_funloc(create_6)
    case (7); address = c_funloc(create_7)
    case (8); address = c_funloc(create_8)
    end select
  end function

  function create_1(host, build, config, values, self) bind(C, name="") result(status)
    type(c_ptr), value :: host, build, config, values, self
    integer(peb_status) :: status

    status = create(1, host, build, config, values, self)
  end function

  function create_2(host, build, config, values, self) bind(C, name="") result(status)
    type(c_ptr), value :: host, build, config, values, self
    integer(peb_status) :: status

    status = create(2, host, build, config, values, self)
  end function

  function create_3(host, build, config, values, self) bind(C, name="") result(status)
    type(c_ptr), value :: host, build, config, values, self
    integer(peb_status) :: status

    status = create(3, host, build, config, values, self)
  end function

  function create_4(host, build, config, values, self) bind(C, name="") result(status)
    type(c_ptr), value :: host, build, config, values, self
    integer(peb_status) :: status

    status = create(4, host, build, config, values, self)
  end function

  function create_5(host, build, config, values, self) bind(C, name="") result(status)
    type(c_ptr), value :: host, build, config, values, self
    integer(peb_status) :: status

    status = create(5, host, build, config, values, self)
  end function

  function create_6(host, build, config, values, self) bind(C, name="") result(status)
    type(c_ptr), value :: host, build, config, values, self
    integer(peb_status) :: status

    status = create(6, host, build, config, values, self)
  end function

  function create_7(host, build, config, values, self) bind(C, name="") result(status)
    type(c_ptr), value :: host, build, config, values, self
    integer(peb_status) :: status

    status = create(7, host, build, config, values, self)
  end function

  function create_8(host, build, config, values, self) bind(C, name="") result(status)
    type(c_ptr), value :: host, build, config, values, self
    integer(peb_status) :: status

    status = create(8, host, build, config, values, self)
  end function

end module
