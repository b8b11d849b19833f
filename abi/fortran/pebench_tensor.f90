!> Tensors and the host's operations on them.
module pebench_tensor
  use, intrinsic :: iso_c_binding, only: c_associated, c_char, c_f_procpointer, c_loc, c_null_char, c_null_ptr, c_ptr
  use pebench_raw
  implicit none
  private

  !> One forward pass of the host. Makes tensors out of nothing.
  type, public :: pass_t
    type(c_ptr) :: scope = c_null_ptr
    type(peb_ops), pointer :: ops => null()
  contains
    procedure :: fail, unsupported, constant, full, arange, normal
  end type

  !> A tensor of the host: a handle, copied freely, freed by the host when the pass ends. Operations return new tensors;
  !> after the first failure of a pass they all return a failed one, and the host reports the first. Axes count from 0,
  !> and negative ones from the end: they are the host's, of row-major tensors. Number types never mix: use cast().
  !> A tensor that was never set gives tensors that were never set.
  type, public :: tensor_t
    type(pass_t) :: pass
    integer(peb_tensor) :: handle = 0
  contains
    procedure :: shape => shape_of, dim => dim_of, dtype, cast, detach, dropout, clamp, release
    procedure :: reshape => reshaped, permute, unsqueeze, expand, slice, gather, scatter_add
  end type

  !> A parameter declared through build_t: inside a hook it stands wherever a tensor does. tensor() makes it one.
  type, extends(tensor_t), public :: parameter_t
    type(pass_t), pointer :: current => null()  ! of the instance
    integer(peb_param) :: id = 0
  contains
    procedure :: tensor
  end type

  public :: concat, embedding, einsum, stack
  public :: c_text, custom_tensors, f_text, resolved  ! for the other modules
  public :: along, binary, scalar, scalar_before, unary  ! for pebench_operators
contains

  !> Fails the pass with a message of the plugin's own; status is PEB_E_INTERNAL if absent. The first failure wins.
  subroutine fail(self, message, status)
    class(pass_t), intent(in) :: self
    character(*), intent(in) :: message
    integer(peb_status), intent(in), optional :: status
    procedure(op_fail), pointer :: operation
    character(kind=c_char), allocatable, target :: text(:)
    integer(peb_status) :: code

    code = PEB_E_INTERNAL
    if (present(status)) code = status
    if (.not. associated(self%ops)) return
    text = c_text(message)
    call c_f_procpointer(self%ops%fail, operation)
    call operation(self%scope, code, c_loc(text))
  end subroutine

  !> Fails the pass because of a legal request that this encoder does not serve.
  subroutine unsupported(self, message)
    class(pass_t), intent(in) :: self
    character(*), intent(in) :: message

    call self%fail(message, PEB_E_UNSUPPORTED)
  end subroutine

  !> Values in row-major order -> dims. dtype is PEB_MODEL if absent, here and below.
  function constant(self, values, dims, dtype) result(made)
    class(pass_t), intent(in) :: self
    real(real64), intent(in), target, contiguous :: values(:)
    integer, intent(in) :: dims(:)
    integer(int32), intent(in), optional :: dtype
    type(tensor_t) :: made
    integer(int64), allocatable, target :: sizes(:)
    procedure(op_constant), pointer :: operation

    made%pass = self
    if (.not. associated(self%ops)) return
    if (product(dims) /= size(values)) then
      call self%fail("constant: the number of values is not the product of the sizes", PEB_E_INVALID)
      return
    end if
    sizes = int(dims, int64)
    call c_f_procpointer(self%ops%constant, operation)
    made%handle = operation(self%scope, c_loc(values), c_loc(sizes), size(dims), model_or(dtype))
  end function

  !> The same value everywhere -> dims; [integer ::] makes a scalar.
  function full(self, value, dims, dtype) result(made)
    class(pass_t), intent(in) :: self
    real(real64), intent(in) :: value
    integer, intent(in) :: dims(:)
    integer(int32), intent(in), optional :: dtype
    type(tensor_t) :: made
    integer(int64), allocatable, target :: sizes(:)
    procedure(op_full), pointer :: operation

    made%pass = self
    if (.not. associated(self%ops)) return
    sizes = int(dims, int64)
    call c_f_procpointer(self%ops%full, operation)
    made%handle = operation(self%scope, value, c_loc(sizes), size(dims), model_or(dtype))
  end function

  !> start + i * step for i = 0 .. count-1 -> [count]
  function arange(self, start, step, count, dtype) result(made)
    class(pass_t), intent(in) :: self
    real(real64), intent(in) :: start, step
    integer, intent(in) :: count
    integer(int32), intent(in), optional :: dtype
    type(tensor_t) :: made
    procedure(op_arange), pointer :: operation

    made%pass = self
    if (.not. associated(self%ops)) return
    call c_f_procpointer(self%ops%arange, operation)
    made%handle = operation(self%scope, start, step, int(count, int64), model_or(dtype))
  end function

  !> Normal numbers of the host's stream -> dims, in the model's type. Draw in a statement of its own: Fortran leaves
  !> the order of operands open, and the stream is consumed in the order of calls. So with dropout().
  function normal(self, mean, deviation, dims) result(made)
    class(pass_t), intent(in) :: self
    real(real64), intent(in) :: mean, deviation
    integer, intent(in) :: dims(:)
    type(tensor_t) :: made
    integer(int64), allocatable, target :: sizes(:)
    procedure(op_normal), pointer :: operation

    made%pass = self
    if (.not. associated(self%ops)) return
    sizes = int(dims, int64)
    call c_f_procpointer(self%ops%normal, operation)
    made%handle = operation(self%scope, mean, deviation, c_loc(sizes), size(dims))
  end function

  pure integer(int32) function model_or(dtype)
    integer(int32), intent(in), optional :: dtype

    model_or = PEB_MODEL
    if (present(dtype)) model_or = dtype
  end function

  !> The current value of a parameter, in the model's type, attached to its gradient.
  function tensor(self) result(made)
    class(parameter_t), intent(in) :: self
    type(tensor_t) :: made
    procedure(op_parameter), pointer :: operation

    if (.not. associated(self%current)) return
    made%pass = self%current
    if (.not. associated(made%pass%ops)) return
    call c_f_procpointer(made%pass%ops%parameter, operation)
    made%handle = operation(made%pass%scope, self%id)
  end function

  !> The tensor that a tensor or parameter stands for.
  function resolved(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    select type (x)
    class is (parameter_t)
      made = x%tensor()
    class default
      made%pass = x%pass
      made%handle = x%handle
    end select
  end function

  !> Sizes of all dimensions. Eight zeros once the pass has failed, so that any of them can be asked for.
  function shape_of(self) result(sizes)
    class(tensor_t), intent(in) :: self
    integer, allocatable :: sizes(:)
    integer(int64), target :: buffer(8)
    type(tensor_t) :: x
    integer :: rank
    procedure(op_shape), pointer :: operation
    procedure(op_status), pointer :: status

    sizes = [0, 0, 0, 0, 0, 0, 0, 0]
    x = resolved(self)
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%shape, operation)
    rank = operation(x%pass%scope, x%handle, c_loc(buffer), 8)
    call c_f_procpointer(x%pass%ops%status, status)
    if (status(x%pass%scope) /= PEB_OK) return
    sizes = int(buffer(:min(rank, 8)))
  end function

  !> The size along an axis.
  integer function dim_of(self, axis)
    class(tensor_t), intent(in) :: self
    integer, intent(in) :: axis
    integer, allocatable :: sizes(:)
    integer :: place

    sizes = self%shape()
    place = axis + 1
    if (axis < 0) place = axis + size(sizes) + 1
    dim_of = 0
    if (place >= 1 .and. place <= size(sizes)) then
      dim_of = sizes(place)
    else
      call self%pass%fail("dim: there is no such axis", PEB_E_INVALID)
    end if
  end function

  !> One of PEB_F16 and following; 0 for a failed tensor.
  integer(int32) function dtype(self)
    class(tensor_t), intent(in) :: self
    type(tensor_t) :: x
    procedure(op_dtype), pointer :: operation

    dtype = 0
    x = resolved(self)
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%dtype, operation)
    dtype = operation(x%pass%scope, x%handle)
  end function

  !> Drops the handle early, to save memory.
  subroutine release(self)
    class(tensor_t), intent(inout) :: self
    procedure(op_release), pointer :: operation

    if (.not. associated(self%pass%ops)) return
    call c_f_procpointer(self%pass%ops%release, operation)
    call operation(self%pass%scope, self%handle)
    self%handle = 0
  end subroutine

  !> To a number type; PEB_MODEL for the model's own. Real to I64 truncates toward zero.
  function cast(self, dtype) result(made)
    class(tensor_t), intent(in) :: self
    integer(int32), intent(in) :: dtype
    type(tensor_t) :: made, x
    procedure(op_cast), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%cast, operation)
    made%handle = operation(x%pass%scope, x%handle, dtype)
  end function

  !> The same values, cut off from the gradient.
  function detach(self) result(made)
    class(tensor_t), intent(in) :: self
    type(tensor_t) :: made, x
    procedure(op_detach), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%detach, operation)
    made%handle = operation(x%pass%scope, x%handle)
  end function

  !> Zeroes with probability p and scales the rest, while training.
  function dropout(self, p) result(made)
    class(tensor_t), intent(in) :: self
    real(real64), intent(in) :: p
    type(tensor_t) :: made, x
    procedure(op_dropout), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%dropout, operation)
    made%handle = operation(x%pass%scope, x%handle, p)
  end function

  function clamp(self, low, high) result(made)
    class(tensor_t), intent(in) :: self
    real(real64), intent(in) :: low, high
    type(tensor_t) :: made, x
    procedure(op_clamp), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%clamp, operation)
    made%handle = operation(x%pass%scope, x%handle, low, high)
  end function

  !> One entry of dims may be -1.
  function reshaped(self, dims) result(made)
    class(tensor_t), intent(in) :: self
    integer, intent(in) :: dims(:)
    type(tensor_t) :: made, x
    integer(int64), allocatable, target :: sizes(:)
    procedure(op_reshape), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    sizes = int(dims, int64)
    call c_f_procpointer(x%pass%ops%reshape, operation)
    made%handle = operation(x%pass%scope, x%handle, c_loc(sizes), size(dims))
  end function

  function permute(self, axes) result(made)
    class(tensor_t), intent(in) :: self
    integer, intent(in) :: axes(:)
    type(tensor_t) :: made, x
    integer(int32), allocatable, target :: places(:)
    procedure(op_permute), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    places = int(axes, int32)
    call c_f_procpointer(x%pass%ops%permute, operation)
    made%handle = operation(x%pass%scope, x%handle, c_loc(places), size(axes))
  end function

  !> Inserts a dimension of size 1 that stands at axis afterwards.
  function unsqueeze(self, axis) result(made)
    class(tensor_t), intent(in) :: self
    integer, intent(in) :: axis
    type(tensor_t) :: made
    integer, allocatable :: sizes(:)
    integer :: place

    sizes = self%shape()
    place = axis
    if (axis < 0) place = axis + size(sizes) + 1
    if (place >= 0 .and. place <= size(sizes)) then
      made = self%reshape([sizes(:place), 1, sizes(place + 1:)])
    else
      call self%pass%fail("unsqueeze: there is no such axis", PEB_E_INVALID)
    end if
  end function

  !> Broadcasts to dims; -1 keeps a size.
  function expand(self, dims) result(made)
    class(tensor_t), intent(in) :: self
    integer, intent(in) :: dims(:)
    type(tensor_t) :: made, x
    integer(int64), allocatable, target :: sizes(:)
    procedure(op_expand), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    sizes = int(dims, int64)
    call c_f_procpointer(x%pass%ops%expand, operation)
    made%handle = operation(x%pass%scope, x%handle, c_loc(sizes), size(dims))
  end function

  !> Elements start, start + step, ... before stop, counted from 0.
  function slice(self, axis, start, stop, step) result(made)
    class(tensor_t), intent(in) :: self
    integer, intent(in) :: axis, start, stop
    integer, intent(in), optional :: step
    type(tensor_t) :: made, x
    integer(int64) :: stride
    procedure(op_slice), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    stride = 1
    if (present(step)) stride = step
    call c_f_procpointer(x%pass%ops%slice, operation)
    made%handle = operation(x%pass%scope, x%handle, axis, int(start, int64), int(stop, int64), stride)
  end function

  !> made[..., j, ...] = self[..., index[..., j, ...], ...] along axis; the index broadcasts elsewhere.
  function gather(self, axis, index) result(made)
    class(tensor_t), intent(in) :: self, index
    integer, intent(in) :: axis
    type(tensor_t) :: made, x, i
    procedure(op_gather), pointer :: operation

    x = resolved(self)
    i = resolved(index)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%gather, operation)
    made%handle = operation(x%pass%scope, x%handle, axis, i%handle)
  end function

  !> The transpose of gather: sums self[..., j, ...] into entry index[..., j, ...] of `entries` along axis.
  function scatter_add(self, axis, index, entries) result(made)
    class(tensor_t), intent(in) :: self, index
    integer, intent(in) :: axis, entries
    type(tensor_t) :: made, x, i
    procedure(op_scatter_add), pointer :: operation

    x = resolved(self)
    i = resolved(index)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%scatter_add, operation)
    made%handle = operation(x%pass%scope, x%handle, axis, i%handle, int(entries, int64))
  end function

  function unary(self, op) result(made)
    class(tensor_t), intent(in) :: self
    integer(int32), intent(in) :: op
    type(tensor_t) :: made, x
    procedure(op_unary), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%unary, operation)
    made%handle = operation(x%pass%scope, op, x%handle)
  end function

  function along(self, op, axis) result(made)
    class(tensor_t), intent(in) :: self
    integer(int32), intent(in) :: op
    integer, intent(in) :: axis
    type(tensor_t) :: made, x
    procedure(op_along), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%along, operation)
    made%handle = operation(x%pass%scope, op, x%handle, axis)
  end function

  function scalar(self, op, value) result(made)
    class(tensor_t), intent(in) :: self
    integer(int32), intent(in) :: op
    real(real64), intent(in) :: value
    type(tensor_t) :: made, x
    procedure(op_scalar), pointer :: operation

    x = resolved(self)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%scalar, operation)
    made%handle = operation(x%pass%scope, op, x%handle, value)
  end function

  function binary(a, op, b) result(made)
    class(tensor_t), intent(in) :: a, b
    integer(int32), intent(in) :: op
    type(tensor_t) :: made, x, y
    procedure(op_binary), pointer :: operation

    x = resolved(a)
    y = resolved(b)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%binary, operation)
    made%handle = operation(x%pass%scope, op, x%handle, y%handle)
  end function

  !> value OP x; the table has x OP value only.
  function scalar_before(value, op, x) result(made)
    real(real64), intent(in) :: value
    integer(int32), intent(in) :: op
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made, y

    y = resolved(x)
    made = binary(y%pass%full(value, [integer ::], y%dtype()), op, y)
  end function

  !> table [N, D], index I64 [...] -> [..., D].
  function embedding(table, index) result(made)
    class(tensor_t), intent(in) :: table, index
    type(tensor_t) :: made, x, i
    procedure(op_embedding), pointer :: operation

    x = resolved(table)
    i = resolved(index)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%embedding, operation)
    made%handle = operation(x%pass%scope, x%handle, i%handle)
  end function

  !> Einstein summation with an explicit output: einsum("bhqd,qkd->bhqk", [q, self%table%tensor()]).
  function einsum(spec, tensors) result(made)
    character(*), intent(in) :: spec
    type(tensor_t), intent(in) :: tensors(:)
    type(tensor_t) :: made
    character(kind=c_char), allocatable, target :: text(:)
    integer(peb_tensor), allocatable, target :: handles(:)
    procedure(op_einsum), pointer :: operation

    made%pass = tensors(1)%pass
    if (.not. associated(made%pass%ops)) return
    text = c_text(spec)
    handles = tensors%handle
    call c_f_procpointer(made%pass%ops%einsum, operation)
    made%handle = operation(made%pass%scope, c_loc(text), c_loc(handles), size(tensors))
  end function

  !> Joins along an existing dimension; the others must agree.
  function concat(tensors, axis) result(made)
    type(tensor_t), intent(in) :: tensors(:)
    integer, intent(in) :: axis
    type(tensor_t) :: made
    integer(peb_tensor), allocatable, target :: handles(:)
    procedure(op_concat), pointer :: operation

    made%pass = tensors(1)%pass
    if (.not. associated(made%pass%ops)) return
    handles = tensors%handle
    call c_f_procpointer(made%pass%ops%concat, operation)
    made%handle = operation(made%pass%scope, c_loc(handles), size(tensors), axis)
  end function

  !> Joins tensors of one shape along a new dimension that stands at axis afterwards.
  function stack(tensors, axis) result(made)
    type(tensor_t), intent(in) :: tensors(:)
    integer, intent(in) :: axis
    type(tensor_t) :: made
    type(tensor_t) :: widened(size(tensors))
    integer :: i

    do i = 1, size(tensors)
      widened(i) = tensors(i)%unsqueeze(axis)
    end do
    made = concat(widened, axis)
  end function

  !> The results of an operation of the plugin's own; see pebench_custom.
  function custom_tensors(operation, tensors, outputs) result(made)
    type(c_ptr), intent(in) :: operation
    type(tensor_t), intent(in) :: tensors(:)
    integer, intent(in) :: outputs
    type(tensor_t) :: made(outputs)
    integer(peb_tensor), allocatable, target :: handles(:), results(:)
    integer(peb_status) :: ignored  ! it is sticky
    integer :: i
    procedure(op_custom), pointer :: run

    do i = 1, outputs
      made(i)%pass = tensors(1)%pass
    end do
    if (.not. associated(tensors(1)%pass%ops)) return
    handles = tensors%handle
    allocate (results(outputs), source=0_peb_tensor)
    call c_f_procpointer(tensors(1)%pass%ops%custom, run)
    ignored = run(tensors(1)%pass%scope, operation, c_loc(handles), size(tensors), c_loc(results), outputs)
    made%handle = results
  end function

  !> A C string.
  pure function c_text(text) result(characters)
    character(*), intent(in) :: text
    character(kind=c_char) :: characters(len(text) + 1)
    integer :: i

    do i = 1, len(text)
      characters(i) = text(i:i)
    end do
    characters(len(text) + 1) = c_null_char
  end function

  !> What a C string says; nothing for NULL.
  function f_text(pointer) result(text)
    use, intrinsic :: iso_c_binding, only: c_f_pointer
    type(c_ptr), intent(in) :: pointer
    character(:), allocatable :: text
    character(kind=c_char), pointer :: characters(:)

    text = ""
    if (.not. c_associated(pointer)) return
    call c_f_pointer(pointer, characters, [huge(1)])
    do while (characters(len(text) + 1) /= c_null_char)
      text = text // characters(len(text) + 1)
    end do
  end function

end module
