!> Differentiable operations with a forward and backward of the plugin's own, as loops over arrays.
module pebench_custom
  use, intrinsic :: iso_c_binding, only: c_associated, c_f_pointer, c_funloc, c_intptr_t, c_loc, c_ptr
  use pebench_raw
  use pebench_tensor
  implicit none
  private

  !> Extend it and write the three procedures. Views are contiguous and in the CPU's memory (the host copies those of a
  !> GPU); elements() gives their elements.
  type, abstract, public :: operation_t
  contains
    procedure(infer_views), deferred :: infer
    procedure(forward_views), deferred :: forward
    procedure(backward_views), deferred :: backward
  end type

  !> How the procedures of an operation fail.
  type, public :: callback_t
    type(pass_t), private :: pass
    integer(peb_status), private :: status = PEB_OK  ! the host may not be asked for it here
  contains
    procedure :: fail, unsupported
  end type

  abstract interface
    !> Describes every output; see describe_like().
    subroutine infer_views(self, callback, inputs, outputs)
      import :: callback_t, operation_t, peb_view
      class(operation_t), intent(in) :: self
      type(callback_t), intent(inout) :: callback
      type(peb_view), intent(in) :: inputs(:)
      type(peb_view), intent(inout) :: outputs(:)
    end subroutine
    !> Writes every output.
    subroutine forward_views(self, callback, inputs, outputs)
      import :: callback_t, operation_t, peb_view
      class(operation_t), intent(in) :: self
      type(callback_t), intent(inout) :: callback
      type(peb_view), intent(in) :: inputs(:), outputs(:)
    end subroutine
    !> Writes (does not add to) every gradient that is wanted(). A gradient that reaches none of the outputs arrives as
    !> zeros. Runs on a thread of the gradient engine.
    subroutine backward_views(self, callback, inputs, outputs, output_gradients, input_gradients)
      import :: callback_t, operation_t, peb_view
      class(operation_t), intent(in) :: self
      type(callback_t), intent(inout) :: callback
      type(peb_view), intent(in) :: inputs(:), outputs(:), output_gradients(:), input_gradients(:)
    end subroutine
  end interface

  !> An operation that the host can run, made by build_t. Lives as long as the instance.
  type, public :: custom_t
    type(custom_box), pointer :: box => null()
  contains
    procedure :: run
  end type

  !> What the host holds the address of.
  type, public :: custom_box
    type(peb_custom) :: custom
    type(peb_ops), pointer :: ops => null()
    class(operation_t), allocatable :: operation
    character(kind=c_char), allocatable :: name(:)
    type(custom_box), pointer :: next => null()  ! of the same instance
  end type

  public :: new_custom_box, elements, is_single, is_double, view_shape, wanted, describe_like

  !> The elements of a view as an array of rank 1 in row-major order: to an array that is declared with its sizes, they
  !> appear in Fortran's order, a view [B, L, h] as x(h, L, B). Not associated when the view holds another type.
  interface elements
    module procedure single_elements, double_elements, long_elements
  end interface

  integer(int8), parameter :: code_integer = 0, code_real = 2  ! DLDataTypeCode

contains

  !> Fails the pass with a message of the plugin's own; status is PEB_E_INTERNAL if absent.
  subroutine fail(self, message, status)
    class(callback_t), intent(inout) :: self
    character(*), intent(in) :: message
    integer(peb_status), intent(in), optional :: status

    self%status = PEB_E_INTERNAL
    if (present(status)) self%status = status
    call self%pass%fail(message, self%status)
  end subroutine

  !> Fails the pass because of a legal request that this operation does not serve.
  subroutine unsupported(self, message)
    class(callback_t), intent(inout) :: self
    character(*), intent(in) :: message

    call self%fail(message, PEB_E_UNSUPPORTED)
  end subroutine

  !> Runs the operation inside a hook.
  function run(self, tensors, outputs) result(made)
    class(custom_t), intent(in) :: self
    type(tensor_t), intent(in) :: tensors(:)
    integer, intent(in) :: outputs
    type(tensor_t) :: made(outputs)

    made = custom_tensors(c_loc(self%box%custom), tensors, outputs)
  end function

  function view_shape(view) result(sizes)
    type(peb_view), intent(in) :: view
    integer, allocatable :: sizes(:)
    integer(int64), pointer :: dims(:)

    allocate (sizes(view%ndim))
    if (view%ndim == 0) return
    call c_f_pointer(view%shape, dims, [view%ndim])
    sizes = int(dims)
  end function

  !> Whether a gradient is asked for.
  logical function wanted(view)
    type(peb_view), intent(in) :: view

    wanted = c_associated(view%data)
  end function

  !> In infer(): gives an output the shape and number type of another view.
  subroutine describe_like(view, like)
    type(peb_view), intent(inout) :: view
    type(peb_view), intent(in) :: like
    integer(int64), pointer :: sizes(:)

    view%ndim = like%ndim
    view%code = like%code
    view%bits = like%bits
    call c_f_pointer(view%shape, sizes, [8])
    sizes(:like%ndim) = view_shape(like)
  end subroutine

  logical function is_single(view)
    type(peb_view), intent(in) :: view

    is_single = view%code == code_real .and. view%bits == 32
  end function

  logical function is_double(view)
    type(peb_view), intent(in) :: view

    is_double = view%code == code_real .and. view%bits == 64
  end function

  subroutine single_elements(view, array)
    type(peb_view), intent(in) :: view
    real(real32), pointer, intent(out) :: array(:)

    array => null()
    if (is_single(view)) call c_f_pointer(first_element(view), array, [product(view_shape(view))])
  end subroutine

  subroutine double_elements(view, array)
    type(peb_view), intent(in) :: view
    real(real64), pointer, intent(out) :: array(:)

    array => null()
    if (is_double(view)) call c_f_pointer(first_element(view), array, [product(view_shape(view))])
  end subroutine

  subroutine long_elements(view, array)
    type(peb_view), intent(in) :: view
    integer(int64), pointer, intent(out) :: array(:)

    array => null()
    if (view%code == code_integer .and. view%bits == 64) &
      call c_f_pointer(first_element(view), array, [product(view_shape(view))])
  end subroutine

  function first_element(view) result(address)
    type(peb_view), intent(in) :: view
    type(c_ptr) :: address

    address = transfer(transfer(view%data, 0_c_intptr_t) + int(view%byte_offset, c_intptr_t), address)
  end function

  !> For build_t.
  function new_custom_box(ops, operation, name) result(box)
    type(peb_ops), pointer, intent(in) :: ops
    class(operation_t), intent(in) :: operation
    character(*), intent(in) :: name
    type(custom_box), pointer :: box

    allocate (box)
    box%ops => ops
    allocate (box%operation, source=operation)
    call name_box(box, name)
    box%custom%user = c_loc(box)
    box%custom%infer = c_funloc(infer_at_border)
    box%custom%forward = c_funloc(forward_at_border)
    box%custom%backward = c_funloc(backward_at_border)
  end function

  subroutine name_box(box, name)
    type(custom_box), pointer, intent(in) :: box
    character(*), intent(in) :: name
    character(kind=c_char), pointer :: text(:)

    box%name = c_text(name)
    call point_to(box, text)
    box%custom%name = c_loc(text)
  end subroutine

  subroutine point_to(box, text)
    type(custom_box), target, intent(in) :: box
    character(kind=c_char), pointer, intent(out) :: text(:)

    text => box%name
  end subroutine

  function infer_at_border(user, scope, inputs, n_in, outputs, n_out) bind(C, name="") result(status)
    type(c_ptr), value :: user, scope, inputs, outputs
    integer(int32), value :: n_in, n_out
    integer(peb_status) :: status
    type(callback_t) :: callback
    type(custom_box), pointer :: box
    type(peb_view), pointer :: in(:), out(:)

    call c_f_pointer(user, box)
    callback%pass = pass_t(scope, box%ops)
    call c_f_pointer(inputs, in, [n_in])
    call c_f_pointer(outputs, out, [n_out])
    call box%operation%infer(callback, in, out)
    status = callback%status
  end function

  function forward_at_border(user, scope, inputs, n_in, outputs, n_out, stream) bind(C, name="") result(status)
    type(c_ptr), value :: user, scope, inputs, outputs, stream
    integer(int32), value :: n_in, n_out
    integer(peb_status) :: status
    type(callback_t) :: callback
    type(custom_box), pointer :: box
    type(peb_view), pointer :: in(:), out(:)

    call c_f_pointer(user, box)
    callback%pass = pass_t(scope, box%ops)
    call c_f_pointer(inputs, in, [n_in])
    call c_f_pointer(outputs, out, [n_out])
    call box%operation%forward(callback, in, out)
    status = callback%status
  end function

  function backward_at_border(user, scope, inputs, n_in, outputs, output_gradients, n_out, input_gradients, stream) &
    bind(C, name="") result(status)
    type(c_ptr), value :: user, scope, inputs, outputs, output_gradients, input_gradients, stream
    integer(int32), value :: n_in, n_out
    integer(peb_status) :: status
    type(callback_t) :: callback
    type(custom_box), pointer :: box
    type(peb_view), pointer :: in(:), out(:), out_gradients(:), in_gradients(:)

    call c_f_pointer(user, box)
    callback%pass = pass_t(scope, box%ops)
    call c_f_pointer(inputs, in, [n_in])
    call c_f_pointer(outputs, out, [n_out])
    call c_f_pointer(output_gradients, out_gradients, [n_out])
    call c_f_pointer(input_gradients, in_gradients, [n_in])
    call box%operation%backward(callback, in, out, out_gradients, in_gradients)
    status = callback%status
  end function

end module
