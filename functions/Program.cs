Console.WriteLine("City Brain");
