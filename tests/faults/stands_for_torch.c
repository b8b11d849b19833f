/* What needs_torch.c is linked to. */
int stands_for_torch(void);
int stands_for_torch(void) { return 0; }
