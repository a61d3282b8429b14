-- A value that no figure can be made of is refused where the row is written: folded later it would stop the folder of
-- its table, or leave a total that no recount agrees with.
create function measures.refuse_value(what text) returns boolean language plpgsql as $$
begin
  raise exception 'Giá trị của % không đếm được: ngày phải từ 01/01/0001 đến 31/12/9999, số phải hữu hạn. / The value of % cannot be counted: a day lies from year 1 to 9999, a number is finite.', what, what
    using errcode = 'check_violation';
end $$;
